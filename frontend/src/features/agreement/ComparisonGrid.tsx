import { Text } from "@mantine/core";
import type { Comparison } from "@/api/types";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import { Footnotes } from "./Footnotes";
import { aboutOf, decimalsOf, groupNames, medianOf } from "./groups";
import { PText } from "./PText";

interface Props {
  title: string;
  description: string;
  rows: Comparison[];
}

/** What is known of the participants, group beside group, and the test. */
export function ComparisonGrid({ title, description, rows }: Props) {
  if (rows.length === 0) return null;
  const names = groupNames(rows);
  const hasTest = rows.some(({ test }) => test);
  const tests = [...new Set(rows.flatMap(({ test }) => test?.method || []))].map((method) => ({ label: "p", method }));
  return (
    <Panel flush title={title} description={description}>
      <Grid label={title}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            {names.map((name) => <th key={name} scope="col">{name}: median (quartiles)</th>)}
            {hasTest && <th scope="col">p</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => <Row key={row.name} row={row} names={names} hasTest={hasTest} />)}
        </tbody>
      </Grid>
      {tests.length > 0 && <Footnotes methods={tests} />}
    </Panel>
  );
}

function Row({ row, names, hasTest }: { row: Comparison; names: string[]; hasTest: boolean }) {
  const decimals = decimalsOf(row);
  return (
    <tr>
      <th scope="row">{row.covariate}{row.unit && <Text span size="xs" c="dimmed"> {row.unit}</Text>}</th>
      {names.map((name) => {
        const group = row.groups.find(({ label }) => label === name);
        return (
          <td key={name}>
            {group ? medianOf(group, decimals) : "–"}
            {group && <Text size="xs" c="dimmed">{aboutOf(group, decimals)}</Text>}
          </td>
        );
      })}
      {hasTest && <td style={{ minWidth: 96 }}>{row.test && <PText test={row.test} />}</td>}
    </tr>
  );
}
