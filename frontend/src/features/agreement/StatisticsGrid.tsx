import { Text, UnstyledButton } from "@mantine/core";
import type { Statistic } from "@/api/types";
import { Grid } from "@/ui/Grid";
import type { Ask } from "./behind";
import classes from "./AgreementGrid.module.css";
import { Footnotes } from "./Footnotes";
import { columnsOf, methodsOf } from "./names";
import { notesOf } from "./notes";
import { StatisticText } from "./StatisticText";

export interface StatisticsRow {
  key: string;
  label: string;
  n: number;
  nExcluded?: number;
  statistics: Record<string, Statistic>;
  ask: Ask;
}

interface Props {
  label: string;
  head: string;
  rows: StatisticsRow[];
  onOpen: (ask: Ask) => void;
}

/** A row a sum or a reader, a column a statistic; notes and methods below. */
export function StatisticsGrid({ label, head, rows, onOpen }: Props) {
  const columns = columnsOf(rows);
  const sentences = rows.flatMap(({ statistics }) => columns.map(({ key }) => statistics[key]?.sentence ?? ""));
  const notes = notesOf(sentences);
  return (
    <>
      <Grid label={label}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className={classes.number}>Cases</th>
            {columns.map(({ key, label: name }) => <th key={key} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label: name, n, nExcluded = 0, statistics, ask }) => (
            <tr key={key}>
              <th scope="row"><UnstyledButton className={classes.name} aria-label={`${name}: show the readings`} onClick={() => onOpen(ask)}>{name}</UnstyledButton></th>
              <td className={classes.number}>{n}{nExcluded > 0 && <Text span size="xs" c="dimmed"> (−{nExcluded})</Text>}</td>
              {columns.map((column) => {
                const statistic = statistics[column.key];
                return <td key={column.key}>{statistic && <StatisticText statistic={statistic} scale={column.scale} mark={notes.markOf(statistic.sentence)} onOpen={() => onOpen(ask)} />}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </Grid>
      <Footnotes notes={notes} methods={methodsOf(rows, columns)} />
    </>
  );
}
