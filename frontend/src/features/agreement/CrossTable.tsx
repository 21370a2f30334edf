import { Text, UnstyledButton } from "@mantine/core";
import classes from "./CrossTable.module.css";
import { gradesOf } from "./statistic";

interface Props {
  table: number[][];
  label: string;
  /** Whose grades are the rows and whose the columns. */
  readers: [string, string];
  onCell?: (grades: [number, number]) => void;
}

/** How often the two readers gave which grades; the diagonal is agreement. A count opens its readings. */
export function CrossTable({ table, label, readers: [rows, columns], onCell }: Props) {
  const grades = gradesOf(table);
  return (
    <figure className={classes.figure}>
      <Text fw={600} size="sm" mb={4}>{label}</Text>
      <table className={classes.table} aria-label={`Pairs of grades at ${label}`}>
        <thead>
          <tr>
            <td />
            {grades.map((grade) => <th key={grade} scope="col">{grade}</th>)}
          </tr>
        </thead>
        <tbody>
          {table.map((row, one) => (
            <tr key={grades[one]}>
              <th scope="row">{grades[one]}</th>
              {row.map((n, other) => (
                <td key={grades[other]} data-agreed={one === other || undefined} data-none={n === 0 || undefined}>
                  {onCell && n > 0 ? (
                    <UnstyledButton className={classes.count} aria-label={`${n}: ${rows} ${grades[one]}, ${columns} ${grades[other]}: show the readings`} onClick={() => onCell([one, other])}>{n}</UnstyledButton>
                  ) : n}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Text component="figcaption" size="xs" c="dimmed">Rows: {rows}. Columns: {columns}. Diagonal: same grade.</Text>
    </figure>
  );
}
