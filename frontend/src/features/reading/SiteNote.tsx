import type { Instrument, InstrumentItem, InstrumentRegion, ScoreValue } from "@/api/types";
import classes from "./SiteNote.module.css";
import { answerWords } from "./words";

interface Props {
  instrument: Instrument;
  region: InstrumentRegion;
  item: InstrumentItem;
  answer: ScoreValue;
}

/** What is asked at the site: its name, how it is graded, and against what. */
export function SiteNote({ instrument, region, item, answer }: Props) {
  const given = region.grades.find(({ value }) => value === answer.grade);
  return (
    <div className={classes.note}>
      <h2>{item.label}</h2>
      <p>{region.guidance}</p>
      <ol>
        {region.grades.map(({ value, label, definition }) => (
          <li key={value} data-given={answer.grade === value || undefined} title={definition || undefined}>
            <span className={classes.swatch} data-look={item.kind === "flag" && value ? 2 : value}>{value}</span>
            {label}
          </li>
        ))}
        {given?.definition && <li className={classes.definition}>{given.definition}</li>}
        {answer.not_assessable && <li data-given>{answerWords(instrument, answer)}</li>}
      </ol>
      {region.reference && <p className={classes.reference}>{region.reference}</p>}
    </div>
  );
}
