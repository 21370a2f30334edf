import { Text } from "@mantine/core";
import { Fragment } from "react";
import type { Partiality, Preference } from "@/api/types";
import { Empty } from "@/ui/Empty";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import classes from "./AgreementGrid.module.css";
import { Footnotes } from "./Footnotes";
import { notesOf } from "./notes";
import { besidesOf, HARDLY_CHANCE, preferenceOf, whoIs } from "./partiality";
import { PText } from "./PText";
import type { PartProps } from "./Report";
import { StatisticText } from "./StatisticText";

/** Adjudicators: which of two readings each took, by side, by grade and by reader. */
export function Adjudicators({ report: { partiality, adjudicators } }: PartProps) {
  const preferences = partiality.flatMap((row) => row.preferences);
  const notes = notesOf(preferences.map(({ share }) => share.sentence));
  return (
    <Panel
      flush title="Which of two readings was taken"
      description="Sides are drawn, so a preference for one has no reason in the images. One for a reader or for a grade can be right; it says where to look. By chance alone, one question in twenty stands out."
    >
      {partiality.length === 0 ? <Empty title="No decisions yet">No adjudication is signed.</Empty> : (
        <>
          <Grid label="Which of two readings was taken">
            <thead>
              <tr>
                <th scope="col">Taken</th>
                <th scope="col" className={classes.number}>Decisions</th>
                <th scope="col">Share</th>
                <th scope="col">Against one half</th>
              </tr>
            </thead>
            <tbody>
              {partiality.map((row) => (
                <Fragment key={row.adjudicator}>
                  <tr><th scope="colgroup" colSpan={4} className={classes.group}>{whoIs(row, adjudicators)}. {besidesOf(row)}</th></tr>
                  {row.preferences.map((one) => <Line key={`${one.about} ${one.toward} ${one.away}`} row={row} preference={one} mark={notes.markOf(one.share.sentence)} />)}
                </Fragment>
              ))}
            </tbody>
          </Grid>
          <Footnotes notes={notes} methods={methodsOf(preferences)} />
        </>
      )}
    </Panel>
  );
}

function Line({ row, preference, mark }: { row: Partiality; preference: Preference; mark: string }) {
  const { share, test, is_flagged } = preference;
  return (
    <tr aria-label={`${row.adjudicator}: ${preferenceOf(preference)}`}>
      <th scope="row">{preferenceOf(preference)}</th>
      <td className={classes.number}>{share.n === 0 ? 0 : `${share.counts.toward} of ${share.n}`}</td>
      <td><StatisticText statistic={share} scale="percent" mark={mark} /></td>
      <td>
        {test.p === null ? <Text span size="sm" c="dimmed">–</Text> : <PText test={test} />}
        {is_flagged && <Text size="xs" c="dimmed">{HARDLY_CHANCE}</Text>}
      </td>
    </tr>
  );
}

function methodsOf(preferences: Preference[]): { label: string; method: string }[] {
  const of = (label: string, methods: string[]) => [...new Set(methods)].map((method) => ({ label, method }));
  return [...of("Share", preferences.map(({ share }) => share.method)), ...of("p", preferences.map(({ test }) => test.method))];
}
