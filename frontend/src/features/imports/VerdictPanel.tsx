import { Badge, Chip, Group, Loader, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { FileVerdict, Upload, Verdict } from "@/api/types";
import { formatTime } from "@/lib/format";
import { useShown } from "@/lib/useShown";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import { StateMark, type Mark } from "@/ui/StateMark";
import { ALL, type Filter, ORDER, type Reason, WORDS, isDiscarded, isSettled, nameOf, outcomeOf, reasonsOf, shownBy, wordsOf } from "./report";
import classes from "./VerdictPanel.module.css";

const MARKS: Record<Verdict, Mark> = { refused: "blocked", pending: "waiting", duplicate: "not needed", imported: "done" };
const COLOURS: Partial<Record<Upload["state"], string>> = { rejected: "red", partly: "orange" };

/** What became of every file of one upload. */
export function VerdictPanel({ upload, names }: { upload: Upload; names: string[] }) {
  const [filter, setFilter] = useState<Filter>(ALL);
  const reasons = reasonsOf(upload.files);
  return (
    <Panel
      flush
      title={outcomeOf(upload)}
      description={upload.received_at ? `Received ${formatTime(upload.received_at)}` : undefined}
      actions={
        <Badge variant="light" size="lg" tt="none" fw={500} leftSection={isSettled(upload.state) ? null : <Loader size={12} />} color={isDiscarded(upload) ? "gray" : COLOURS[upload.state]}>
          {wordsOf(upload)}
        </Badge>
      }
    >
      <Stack gap={16} px={20} pb={12}>
        {reasons.length > 0 && <Reasons reasons={reasons} chosen={filter.reason} onChoose={(reason) => setFilter(reason === null ? ALL : { verdict: "refused", reason })} />}
        <Filters upload={upload} verdict={filter.verdict} onChange={(verdict) => setFilter({ verdict, reason: null })} />
      </Stack>
      <VerdictGrid key={`${filter.verdict} ${filter.reason}`} files={shownBy(filter, upload.files)} names={names} />
    </Panel>
  );
}

interface ReasonsProps {
  reasons: Reason[];
  chosen: string | null;
  onChoose: (reason: string | null) => void;
}

/** Each reason once, with how many files it stopped and what to do; pressed, it shows those files alone. */
function Reasons({ reasons, chosen, onChoose }: ReasonsProps) {
  return (
    <section aria-label="Why files were refused">
      <Text size="sm" fw={600} mb={4}>Why files were refused, and what to do</Text>
      {reasons.map(({ code, message, n }) => (
        <UnstyledButton key={code} className={classes.reason} aria-pressed={chosen === code} onClick={() => onChoose(chosen === code ? null : code)}>
          <span className={classes.count}>{n}</span>
          <span>{message}</span>
          <span className={classes.show}>{chosen === code ? "Show all" : "Show these"}</span>
        </UnstyledButton>
      ))}
    </section>
  );
}

function Filters({ upload, verdict, onChange }: { upload: Upload; verdict: Verdict | "all"; onChange: (verdict: Verdict | "all") => void }) {
  return (
    <Chip.Group value={verdict} onChange={(value) => onChange(value as Verdict | "all")}>
      <Group gap={8} role="radiogroup" aria-label="Which files to show">
        <Chip value="all" size="xs">All {upload.files.length}</Chip>
        {ORDER.filter((one) => upload.totals[one] > 0).map((one) => (
          <Chip key={one} value={one} size="xs">{WORDS[one]} {upload.totals[one]}</Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function VerdictGrid({ files, names }: { files: FileVerdict[]; names: string[] }) {
  const { shown, hidden, showMore } = useShown(files);
  return (
    <Grid label="Files" hidden={hidden} onMore={showMore}>
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col" style={{ width: 140 }}>Verdict</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((file) => (
          <tr key={`${file.number}.${file.entry}`}>
            <td style={{ wordBreak: "break-all" }}>{nameOf(file, names)}</td>
            <td>
              <Group gap={8} wrap="nowrap">
                <StateMark mark={MARKS[file.verdict]} label={WORDS[file.verdict]} />
                <span aria-hidden="true">{WORDS[file.verdict]}</span>
              </Group>
            </td>
            <td><Text size="sm" c={file.verdict === "refused" ? undefined : "dimmed"}>{file.message}</Text></td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}
