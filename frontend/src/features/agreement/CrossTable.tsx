import { Text } from "@mantine/core";
import classes from "./CrossTable.module.css";
import { gradesOf } from "./statistic";

/** How often the two readers gave which grades: rows one reader, columns the other; the diagonal is agreement. */
export function CrossTable({ table, label }: { table: number[][]; label: string }) {
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
              {row.map((n, other) => <td key={grades[other]} data-agreed={one === other || undefined} data-none={n === 0 || undefined}>{n}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      <Text component="figcaption" size="xs" c="dimmed">Rows: one reader. Columns: the other. Diagonal: same grade.</Text>
    </figure>
  );
}
