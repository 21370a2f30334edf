import { ActionIcon, Chip, Group, Text, Tooltip } from "@mantine/core";
import { useState } from "react";
import type { CaseProgress } from "@/api/types";
import type { CaseCode } from "@/lib/brand";
import { useShown } from "@/lib/useShown";
import { Code } from "@/ui/Code";
import { Empty } from "@/ui/Empty";
import { Grid } from "@/ui/Grid";
import { IconShuffle } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import { type Mark, StateMark } from "@/ui/StateMark";
import classes from "./LoadPanel.module.css";
import { type Cell, FILTERS, type FilterName, cellsOf, hasSelfCheck, stepsOf } from "./marks";

const SLIP = "Probable labelling slip";

const LEGEND: [Mark, string][] = [
  ["not started", "not started"], ["in progress", "in progress"], ["done", "done"], ["waiting", "waiting"], ["blocked", "blocked"], ["refused", "refused"], ["not needed", "not needed"],
];

/** One reading of one case, to be given to somebody else. */
export interface GivenReading {
  one: CaseProgress;
  reading: CaseProgress["readings"][number];
}

interface Props {
  cases: CaseProgress[];
  readersPerCase: number;
  /** What would make both readings of a case agree, where they look like a slip of labelling. */
  slips: ReadonlyMap<CaseCode, string>;
  onGive?: (given: GivenReading) => void;
}

/** Cases by steps: where each case stands, at one look. */
export function MatrixPanel({ cases, readersPerCase, slips, onGive }: Props) {
  const [filter, setFilter] = useState<FilterName | "slip">("all");
  const asksAgain = hasSelfCheck(cases);
  const isSlip = (one: CaseProgress) => slips.has(one.code);
  const kept = cases.filter(filter === "slip" ? isSlip : FILTERS[filter].keeps);
  const { shown, hidden, showMore } = useShown(kept);
  return (
    <Panel flush title="Cases by step" actions={<Legend />}>
      <Group px={20} pb={12}>
        <Chip.Group value={filter} onChange={(value) => setFilter(value as typeof filter)}>
          <Group gap={8} role="radiogroup" aria-label="Which cases to show">
            {(Object.keys(FILTERS) as FilterName[]).filter((name) => asksAgain || name !== "checking").map((name) => (
              <Chip key={name} value={name} size="xs">{FILTERS[name].label} {cases.filter(FILTERS[name].keeps).length}</Chip>
            ))}
            {slips.size > 0 && <Chip value="slip" size="xs">{SLIP} {cases.filter(isSlip).length}</Chip>}
          </Group>
        </Chip.Group>
      </Group>
      {kept.length === 0 ? (
        <Empty title="No such case">No case is at this step now.</Empty>
      ) : (
        <Grid label="Cases by step" hidden={hidden} onMore={showMore}>
          <thead>
            <tr>
              <th scope="col">Subject</th>
              <th scope="col">Case</th>
              {stepsOf(readersPerCase, asksAgain).map((step) => <th key={step} scope="col" style={{ width: 120 }}>{step}</th>)}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => <Row key={one.code} one={one} asksAgain={asksAgain} readersPerCase={readersPerCase} slip={slips.get(one.code)} onGive={onGive} />)}
          </tbody>
        </Grid>
      )}
    </Panel>
  );
}

interface RowProps {
  one: CaseProgress;
  readersPerCase: number;
  asksAgain: boolean;
  slip: string | undefined;
  onGive: Props["onGive"];
}

function Row({ one, readersPerCase, asksAgain, slip, onGive }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <Text fw={500} size="sm">{one.subject}</Text>
        {slip && <SlipMark sentence={slip} />}
      </th>
      <td><Code>{one.code}</Code></td>
      {cellsOf(one, readersPerCase, asksAgain).map((cell) => (
        <td key={cell.step}><StepCell one={one} cell={cell} onGive={onGive} /></td>
      ))}
    </tr>
  );
}

/** For the coordinator alone: what would make both readings agree, without a grade and without whose it is. */
function SlipMark({ sentence }: { sentence: string }) {
  return (
    <Tooltip label={sentence} multiline maw={320}>
      <Text size="xs" c="#8F4B09" fw={500} tabIndex={0} aria-label={`${SLIP}: ${sentence}`} style={{ cursor: "help", whiteSpace: "nowrap" }}>{SLIP}</Text>
    </Tooltip>
  );
}

function StepCell({ one, cell: { mark, label, reading }, onGive }: { one: CaseProgress; cell: Cell; onGive: Props["onGive"] }) {
  if (!onGive || reading?.state !== "assigned") return <StateMark mark={mark} label={label} />;
  return (
    <Group gap={8} wrap="nowrap">
      <StateMark mark={mark} label={label} />
      <Tooltip label={`Give to somebody else than ${reading.reader}`}>
        <ActionIcon
          variant="subtle" color="gray" size="sm" className={classes.give} onClick={() => onGive({ one, reading })}
          aria-label={`Give the reading of ${one.subject} by ${reading.reader} to somebody else`}
        >
          <IconShuffle size={14} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function Legend() {
  return (
    <Group gap={16} aria-hidden="true">
      {LEGEND.map(([mark, word]) => (
        <Group key={mark} gap={6} wrap="nowrap">
          <StateMark mark={mark} label={word} />
          <Text size="xs" c="dimmed">{word}</Text>
        </Group>
      ))}
    </Group>
  );
}
