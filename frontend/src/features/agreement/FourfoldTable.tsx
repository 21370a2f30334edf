import { Text } from "@mantine/core";
import type { Fourfold } from "@/api/types";
import classes from "./CrossTable.module.css";
import { PText } from "./PText";
import { StatisticText } from "./StatisticText";

/** Counts of participants by two things, with the share of the first column in each row. */
export function FourfoldTable({ table: { label, rows, columns, counts, shares, n_missing, test } }: { table: Fourfold }) {
  return (
    <figure className={classes.figure}>
      <Text fw={600} size="sm" mb={4}>{label}</Text>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            <td />
            {columns.map((column) => <th key={column} scope="col">{column}</th>)}
            <th scope="col">all</th>
            <th scope="col">share: {columns[0]}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((name, index) => {
            const [row, share] = [counts[index] ?? [], shares[index]];
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                {row.map((n, place) => <td key={columns[place]}>{n}</td>)}
                <td>{row.reduce((sum, n) => sum + n, 0)}</td>
                <td>{share && <StatisticText statistic={share} scale="percent" />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <figcaption>
        {test && <PText test={test} />}
        <Text size="xs" c="dimmed">{[test?.method, n_missing > 0 && `${n_missing} unknown`].filter(Boolean).join("; ")}</Text>
      </figcaption>
    </figure>
  );
}
