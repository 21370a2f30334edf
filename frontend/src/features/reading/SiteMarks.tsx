import { count } from "@/lib/format";
import classes from "./SiteMarks.module.css";

export interface Marks {
  nPins: number;
  hasComment: boolean;
  /** The charter asks for a pin, and there is none yet. */
  wantsPin: boolean;
}

/** What a row says besides its grade, in words. */
export function marksWords({ nPins, hasComment, wantsPin }: Marks): string {
  const words = [hasComment ? "with a comment" : "", nPins > 0 ? count(nPins, "pin") : "", wantsPin ? "a pin is missing" : ""];
  return words.filter(Boolean).map((word) => `, ${word}`).join("");
}

/** A dot for a comment, a number for the pins, a hollow ring where a pin is missing. The number leads to the pin. */
export function SiteMarks({ nPins, hasComment, wantsPin, onPins }: Marks & { onPins: () => void }) {
  return (
    <span className={classes.marks}>
      {hasComment && <i className={classes.comment} title="With a comment (E)" data-testid="has-comment" />}
      {nPins > 0 && (
        <button type="button" className={classes.pins} tabIndex={-1} onClick={onPins} title="Go to the pin (G)" aria-label={`Go to the pin, ${count(nPins, "pin")}`}>
          {nPins}
        </button>
      )}
      {wantsPin && <i className={classes.wanted} title="A pin is missing: P at the place" data-testid="wants-pin" />}
    </span>
  );
}
