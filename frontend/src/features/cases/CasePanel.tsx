import { Alert, Button, Group, Paper, Select, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useMayDo, useStudyCode } from "@/api/studies";
import type { Case, CaseSeries, SeriesRole } from "@/api/types";
import { Code } from "@/ui/Code";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { StateMark } from "@/ui/StateMark";
import classes from "./CasePanel.module.css";
import { useCorrectRole } from "./queries";
import { SubjectDialog } from "./SubjectDialog";
import { STATES, describe } from "./words";

const ROLES: SeriesRole[] = ["STIR", "T1", "T2", "OTHER"];

/** One case: whose it is by pseudonym, what it still lacks, and its series. */
export function CasePanel({ one }: { one: Case }) {
  const [isRenaming, setIsRenaming] = useState(false);
  const mayCorrect = useMayDo("correct cases");
  const correct = useCorrectRole(useStudyCode(), one.code);
  const isFixed = one.state === "allotted" || !mayCorrect;
  return (
    <Paper component="section" withBorder radius={8} style={{ borderColor: "var(--dens-border)" }} aria-label={`Case ${one.code}`}>
      <Group px={20} py={10} justify="space-between" wrap="nowrap">
        <Group gap={12}>
          <StateMark mark={STATES[one.state].mark} label={STATES[one.state].label} />
          <Title order={2} fz={14} lh="20px">{one.subject}</Title>
          <Text c="dimmed" size="sm">
            <Code>{one.code}</Code> · {STATES[one.state].label}
            {one.missing.length > 0 && <> · missing: <Text span c="#B3261E" fw={500} size="sm">{one.missing.join(", ")}</Text></>}
          </Text>
        </Group>
        {!isFixed && <Button variant="subtle" size="compact-sm" onClick={() => setIsRenaming(true)}>Change subject</Button>}
      </Group>
      {correct.isError && <Group px={20} pb={12}><ErrorNotice error={correct.error} /></Group>}
      {one.series.length === 0 ? (
        <Alert variant="light" m={16}>No series.</Alert>
      ) : (
        <SeriesGrid
          label={`Series of ${one.subject}`} series={one.series} isFixed={isFixed} busy={correct.isPending ? correct.variables.number : null}
          onRole={(number, role) => correct.mutate({ number, role })}
        />
      )}
      {isRenaming && <SubjectDialog one={one} onClose={() => setIsRenaming(false)} />}
    </Paper>
  );
}

interface SeriesGridProps {
  label: string;
  series: CaseSeries[];
  isFixed: boolean;
  busy: number | null;
  onRole: (number: number, role: SeriesRole) => void;
}

function SeriesGrid({ label, series, isFixed, busy, onRole }: SeriesGridProps) {
  return (
    <Grid label={label}>
      <thead>
        <tr>
          <th scope="col" style={{ width: 60 }}>No.</th>
          <th scope="col" style={{ width: 220 }}>Role</th>
          <th scope="col" style={{ width: 90 }}>Plane</th>
          <th scope="col" style={{ width: 70 }}>Slices</th>
          <th scope="col" style={{ width: 100 }}>Matrix</th>
          <th scope="col">Parameters</th>
        </tr>
      </thead>
      <tbody>
        {series.map((one) => (
          <tr key={one.number}>
            <td>{one.number}</td>
            <td>
              <Group gap={8} wrap="nowrap">
                <Select
                  size="xs" w={92} classNames={{ input: classes.role }} data={ROLES} value={one.role} allowDeselect={false} disabled={isFixed || busy === one.number}
                  aria-label={`Role of series ${one.number}`} onChange={(role) => role && role !== one.role && onRole(one.number, role as SeriesRole)}
                />
                <Text size="xs" c="dimmed">{one.role_source === "physics" ? "from physics" : "corrected"}</Text>
              </Group>
            </td>
            <td>{one.plane}</td>
            <td>{one.n_slices}</td>
            <td>{one.columns} × {one.rows}</td>
            <td><Text size="xs" c="dimmed">{describe(one.parameters) || "none given"}</Text></td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}
