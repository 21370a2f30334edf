import type { Instrument } from "@/api/types";
import { useReadings } from "@/api/worklist";
import type { ItemCode } from "@/lib/brand";
import { regionOf } from "./draft";
import { standingWords, tallyWords, toldOf, type Verdicts } from "./feedback";
import classes from "./PracticeNote.module.css";

interface Props {
  instrument: Instrument;
  verdicts: Verdicts;
  current: ItemCode;
  answeredLast: ItemCode | undefined;
  isSigned: boolean;
}

/** In practice: how the answers compare with the reference, and what it says of the site in question. */
export function PracticeNote({ instrument, verdicts, current, answeredLast, isSigned }: Props) {
  const told = toldOf(verdicts, current, answeredLast);
  const verdict = told && verdicts.get(told);
  const region = told && regionOf(instrument, told);
  const site = region && region.items.find(({ code }) => code === told)?.site;
  return (
    <section className={classes.note} aria-label="Practice" data-testid="practice">
      <p className={classes.tally}>
        {verdicts.size === 0 ? "The reference of a site shows once you have answered it. " : `${tallyWords(verdicts)}. `}
        {!isSigned && <span className={classes.rule} title="It can be changed, but that no longer changes your result.">The first answer counts.</span>}
      </p>
      <p className={classes.told} role="status" data-equal={verdict?.isEqual} title={verdict?.words}>
        {verdict && <><i aria-hidden="true">{verdict.isEqual ? "=" : "≠"}</i> <b>{region?.label} {site}</b><span>: {verdict.brief}</span></>}
      </p>
      {isSigned && <Standings />}
    </section>
  );
}

/** Where the reader stands in each study that asks for practice. */
function Standings() {
  const lists = useReadings().data ?? [];
  return (
    <ul className={classes.standings}>
      {lists.map(({ study, practice }) => practice && <li key={study.code}>{standingWords(study.title, practice)}</li>)}
    </ul>
  );
}
