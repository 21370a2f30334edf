import type { Share } from "@/api/types";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import classes from "./AgreementGrid.module.css";
import { Footnotes } from "./Footnotes";
import { notesOf } from "./notes";
import { StatisticText } from "./StatisticText";

interface Props {
  title: string;
  description: string;
  rows: Share[];
}

/** How many participants have something, of how many, and the share with its interval. */
export function SharesGrid({ title, description, rows }: Props) {
  if (rows.length === 0) return null;
  const notes = notesOf(rows.map(({ share }) => share.sentence));
  const methods = [...new Set(rows.map(({ share }) => share.method))].map((method) => ({ label: "Share", method }));
  return (
    <Panel flush title={title} description={description}>
      <Grid label={title}>
        <thead>
          <tr>
            <th scope="col">Finding</th>
            <th scope="col" className={classes.number}>Participants</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, label, share }) => (
            <tr key={code}>
              <th scope="row">{label}</th>
              <td className={classes.number}>{share.estimate === null ? share.n : `${Math.round(share.estimate * share.n)} of ${share.n}`}</td>
              <td><StatisticText statistic={share} scale="percent" mark={notes.markOf(share.sentence)} /></td>
            </tr>
          ))}
        </tbody>
      </Grid>
      <Footnotes notes={notes} methods={methods} />
    </Panel>
  );
}
