import { Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import type { TableAgreement } from "@/api/types";
import { Grid } from "@/ui/Grid";
import classes from "./AgreementGrid.module.css";
import type { Ask } from "./behind";
import { Footnotes } from "./Footnotes";
import { type Column, columnsOf, methodsOf } from "./names";
import { type Notes, notesOf, reasonOf } from "./notes";
import { PairsTable } from "./PairsTable";
import { RowMark, ScaleMark } from "./RowMark";
import { StatisticText } from "./StatisticText";

interface Props<Row extends TableAgreement> {
  label: string;
  head: string;
  rows: Row[];
  readers: [string, string];
  hasCells?: boolean;
  /** Statistics that stand beside the table of grades instead of in a column. */
  besides: string[];
  groupOf?: (row: Row) => string;
  remarkOf?: (row: Row) => ReactNode;
  onOpen: (ask: Ask) => void;
}

/** Agreement from grades, a row a question: counts beside every figure, greyed with its reason what should not be read. */
export function AgreementGrid<Row extends TableAgreement>({ label, head, rows, besides, groupOf, ...rest }: Props<Row>) {
  const all = columnsOf(rows);
  const columns = all.filter(({ key }) => !besides.includes(key));
  const notes = notesOf(rows.flatMap((row) => columns.map((column) => reasonOf(row, column))));
  const isFirst = (index: number, row: Row) => groupOf && (index === 0 || groupOf(rows[index - 1] as Row) !== groupOf(row));
  return (
    <>
      <Grid label={label}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className={classes.number}>Pairs</th>
            {columns.map(({ key, label: name }) => <th key={key} scope="col">{name}</th>)}
            <th scope="col"><VisuallyHidden>Intervals drawn</VisuallyHidden><ScaleMark /></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Fragment key={row.code}>
              {isFirst(index, row) && <tr><th scope="colgroup" colSpan={columns.length + 3} className={classes.group}>{groupOf?.(row)}</th></tr>}
              <Line row={row} columns={columns} besides={all.filter(({ key }) => besides.includes(key))} notes={notes} {...rest} />
            </Fragment>
          ))}
        </tbody>
      </Grid>
      <Footnotes notes={notes} methods={methodsOf(rows, all)} />
    </>
  );
}

interface LineProps<Row extends TableAgreement> extends Pick<Props<Row>, "readers" | "hasCells" | "remarkOf" | "onOpen"> {
  row: Row;
  columns: Column[];
  besides: Column[];
  notes: Notes;
}

function Line<Row extends TableAgreement>({ row, columns, besides, notes, readers, hasCells = true, remarkOf, onOpen }: LineProps<Row>) {
  const open = () => onOpen({ what: row.code });
  return (
    <tr>
      <th scope="row">
        <UnstyledButton className={classes.name} aria-label={`${row.label}: show the readings`} onClick={open}>{row.label}</UnstyledButton>
        {remarkOf && <Text span size="xs" c="dimmed"> {remarkOf(row)}</Text>}
      </th>
      <td className={classes.number}><PairsTable row={row} readers={readers} hasCells={hasCells} besides={besides} onOpen={onOpen} /></td>
      {columns.map((column) => {
        const [statistic, reason] = [row.statistics[column.key], reasonOf(row, column)];
        return (
          <td key={column.key}>
            {statistic && (
              <StatisticText
                statistic={statistic} scale={column.scale} mark={notes.markOf(reason)} remark={column.isBeyondChance ? row.caution : ""}
                isQuiet={reason !== ""} onOpen={open}
              />
            )}
          </td>
        );
      })}
      <td><RowMark row={row} /></td>
    </tr>
  );
}
