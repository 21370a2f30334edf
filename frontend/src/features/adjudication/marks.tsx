import classes from "./Rail.module.css";
import { gapWords } from "./words";

/** Shape and colour both: a white check for what the server has, an amber dot for what is open. */
export function DecidedMark({ isDone }: { isDone: boolean }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" className={classes.mark}>
      {isDone ? <path d="m2.5 7.5 3 3 6-7" fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" /> : <circle cx="7" cy="7" r="3.5" fill="#ffc247" />}
    </svg>
  );
}

/** One dot a grade; a ring where a side has no grade to count from. */
export function GapDots({ gap }: { gap: number | null }) {
  const dots = Array.from({ length: gap ?? 1 }, (_, index) => index);
  return (
    <span className={classes.gap} title={gapWords(gap)}>
      {dots.map((dot) => <i key={dot} data-hollow={gap === null} />)}
    </span>
  );
}
