import type { Instrument, InstrumentItem, InstrumentRegion, ScoreValue } from "@/api/types";
import { lookOf } from "./look";
import classes from "./SiteNote.module.css";
import { answerWords } from "./words";

interface Props {
  instrument: Instrument;
  region: InstrumentRegion;
  item: InstrumentItem;
  answer: ScoreValue;
  /** Somebody looks at it: every definition shows, over the list if there is no other room. */
  isFull: boolean;
}

/** What is asked at the site: its name, how it is graded, and against what. */
export function SiteNote({ instrument, region, item, answer, isFull }: Props) {
  return (
    <div className={classes.note} data-full={isFull || undefined} data-testid="site-note">
      <h2>{item.label}</h2>
      <p>{region.guidance}</p>
      <ol>
        {region.grades.map(({ value, label, definition }) => (
          <li key={value} data-given={answer.grade === value || undefined}>
            <span className={classes.swatch} data-look={lookOf(region, value)}>{value}</span>
            <span>
              {label}
              {definition && <small className={classes.definition}>{definition}</small>}
            </span>
          </li>
        ))}
        {answer.not_assessable && <li data-given>{answerWords(instrument, answer)}</li>}
      </ol>
      {region.reference && <p className={classes.reference}>{region.reference}</p>}
    </div>
  );
}
