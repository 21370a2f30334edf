import { UnstyledButton } from "@mantine/core";
import type { SumAgreement } from "@/api/types";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import classes from "./AgreementGrid.module.css";
import type { Ask } from "./behind";
import { Footnotes } from "./Footnotes";
import { notesOf } from "./notes";
import { StatisticText } from "./StatisticText";

const COLUMNS = [
  { key: "bias", label: "Bias", scale: "points" },
  { key: "lower", label: "Lower limit", scale: "points" },
  { key: "lower_exact", label: "Lower limit, exact", scale: "points" },
  { key: "upper", label: "Upper limit", scale: "points" },
  { key: "upper_exact", label: "Upper limit, exact", scale: "points" },
  { key: "slope", label: "Slope on the mean", scale: "slope" },
] as const;

/** Bias and limits of agreement of every sum, in points. Without a first and a second reader there are none. */
export function LimitsGrid({ sums, onOpen }: { sums: SumAgreement[]; onOpen: (ask: Ask) => void }) {
  const rows = sums.flatMap(({ code, label, n_pairs, bland_altman: limits }) => (limits ? [{ code, label, n_pairs, limits }] : []));
  if (rows.length === 0) return null;
  const notes = notesOf(rows.flatMap(({ limits }) => COLUMNS.map(({ key }) => limits[key].sentence)));
  const methods = COLUMNS.map(({ key, label }) => ({ label, method: rows[0]?.limits[key].method ?? "" }));
  return (
    <Panel flush title="Limits of agreement" description="In points, each with its 95 % interval. Sums are skewed and never below 0: read them beside the figure.">
      <Grid label="Limits of agreement">
        <thead>
          <tr>
            <th scope="col">Sum</th>
            <th scope="col" className={classes.number}>Cases</th>
            {COLUMNS.map(({ key, label }) => <th key={key} scope="col">{label}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, label, n_pairs, limits }) => (
            <tr key={code}>
              <th scope="row"><UnstyledButton className={classes.name} aria-label={`${label}: show the readings`} onClick={() => onOpen({ what: code })}>{label}</UnstyledButton></th>
              <td className={classes.number}>{n_pairs}</td>
              {COLUMNS.map(({ key, scale }) => <td key={key}><StatisticText statistic={limits[key]} scale={scale} mark={notes.markOf(limits[key].sentence)} onOpen={() => onOpen({ what: code })} /></td>)}
            </tr>
          ))}
        </tbody>
      </Grid>
      <Footnotes notes={notes} methods={methods} />
    </Panel>
  );
}
