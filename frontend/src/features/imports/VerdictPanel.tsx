import { Alert, Badge, Chip, Group, List, Loader, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { FileVerdict, Upload, Verdict } from "@/api/types";
import { formatTime } from "@/lib/format";
import { useShown } from "@/lib/useShown";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import { StateMark, type Mark } from "@/ui/StateMark";
import { ORDER, STATE_WORDS, WORDS, inOrder, isSettled, nameOf, reasonsOf, summaryOf } from "./report";

const MARKS: Record<Verdict, Mark> = { refused: "blocked", pending: "waiting", duplicate: "not needed", imported: "done" };

/** What became of every file of one upload. */
export function VerdictPanel({ upload, names }: { upload: Upload; names: string[] }) {
  const [verdict, setVerdict] = useState<Verdict | "all">("all");
  const files = inOrder(upload.files.filter((file) => verdict === "all" || file.verdict === verdict));
  const reasons = reasonsOf(upload.files);
  return (
    <Panel
      flush
      title={summaryOf(upload.totals)}
      description={upload.received_at ? `Received ${formatTime(upload.received_at)}` : undefined}
      actions={
        <Badge variant="light" size="lg" tt="none" fw={500} leftSection={isSettled(upload.state) ? null : <Loader size={12} />} color={upload.state === "rejected" ? "red" : upload.state === "partly" ? "orange" : undefined}>
          {STATE_WORDS[upload.state]}
        </Badge>
      }
    >
      <Stack gap={16} px={20} pb={12}>
        {reasons.length > 0 && (
          <Alert variant="light" color="red" title="Why files were refused">
            <List size="sm" spacing={2}>
              {reasons.map(({ message, n }) => (
                <List.Item key={message}>{n} × {message}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Filters upload={upload} verdict={verdict} onChange={setVerdict} />
      </Stack>
      <VerdictGrid key={verdict} files={files} names={names} />
    </Panel>
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
