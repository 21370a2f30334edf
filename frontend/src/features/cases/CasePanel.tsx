import { Alert, Button, Group, Paper, Select, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { CASE_STATES, ROLES, checkPath, describe, useCorrectRole } from "@/api/cases";
import { useMayDo, useStudyCode } from "@/api/studies";
import type { Case, CaseFacts, CaseSeries, SeriesRole } from "@/api/types";
import { count } from "@/lib/format";
import { Code } from "@/ui/Code";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { StateMark } from "@/ui/StateMark";
import classes from "./CasePanel.module.css";
import { SubjectDialog } from "./SubjectDialog";
import { factsOf } from "./words";

/** One case: whose it is by pseudonym, what it still lacks, and its series. */
export function CasePanel({ one, facts }: { one: Case; facts: CaseFacts | undefined }) {
  const [isRenaming, setIsRenaming] = useState(false);
  const mayCorrect = useMayDo("correct cases");
  const correct = useCorrectRole(useStudyCode(), one.code);
  const isFixed = one.state === "allotted" || !mayCorrect;
  return (
    <Paper component="section" withBorder radius={8} style={{ borderColor: "var(--dens-border)" }} aria-label={`Case ${one.code}`}>
      <Group px={20} py={10} justify="space-between" wrap="nowrap">
        <Group gap={12} wrap="nowrap">
          <StateMark {...CASE_STATES[one.state]} />
          <div>
            <Group gap={12}>
              <Title order={2} fz={14} lh="20px">{one.subject}</Title>
              <Standing one={one} />
            </Group>
            {facts && <Text size="xs" c="dimmed">{factsOf(facts)}</Text>}
          </div>
        </Group>
        <Group gap={8} wrap="nowrap">
          {!isFixed && <Button variant="subtle" size="compact-sm" onClick={() => setIsRenaming(true)}>Change subject</Button>}
          <CheckLink one={one} />
        </Group>
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

/** Where the case stands, and what it still waits for. */
function Standing({ one }: { one: Case }) {
  return (
    <Text c="dimmed" size="sm">
      <Code>{one.code}</Code> · {CASE_STATES[one.state].label}
      {one.missing.length > 0 && <> · missing: <Text span c="#B3261E" fw={500} size="sm">{one.missing.join(", ")}</Text></>}
      {one.open_queries > 0 && <> · <Text span c="#8F4B09" fw={500} size="sm">{count(one.open_queries, "open query", "open queries")}</Text></>}
    </Text>
  );
}

function CheckLink({ one }: { one: Case }) {
  const mayCheck = useMayDo("check images");
  const isDue = mayCheck && one.state === "to_check";
  const words = isDue ? "Check" : "Look at the images";
  return (
    <Button
      component={Link} to={checkPath(useStudyCode(), one.code)} size="compact-sm" variant={isDue ? "filled" : "default"}
      aria-label={isDue ? `Check ${one.subject}` : `Look at the images of ${one.subject}`}
    >
      {words}
    </Button>
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
              {one.doubt && <Text size="xs" c="#8F4B09" maw={200} mt={2}>{one.doubt}</Text>}
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
