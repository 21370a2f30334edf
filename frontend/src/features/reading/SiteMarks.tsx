import { count } from "@/lib/format";
import type { Verdict } from "./feedback";
import classes from "./SiteMarks.module.css";

export interface Marks {
  nPins: number;
  comment: string;
  /** The charter asks for a pin, and there is none yet. */
  wantsPin: boolean;
  /** In practice, what the reference says. */
  verdict?: Verdict | undefined;
}

/** What a row says besides its grade, in words. */
export function marksWords({ nPins, comment, wantsPin, verdict }: Marks): string {
  const words = [comment && `comment: ${comment}`, nPins > 0 ? count(nPins, "pin") : "", wantsPin ? "a pin is missing" : "", verdict?.words ?? ""];
  return words.filter(Boolean).map((word) => `, ${word}`).join("");
}

/** A dot for a comment, which shows under the pointer, a number for the pins, a hollow ring where a pin is missing, and in practice whether the reference is equal. The number leads to the pin. */
export function SiteMarks({ nPins, comment, wantsPin, verdict, onPins }: Marks & { onPins: () => void }) {
  return (
    <span className={classes.marks}>
      {comment && <i className={classes.comment} title={comment} data-testid="has-comment" />}
      {nPins > 0 && (
        <button type="button" className={classes.pins} tabIndex={-1} onClick={onPins} title="Go to the pin (G)" aria-label={`Go to the pin, ${count(nPins, "pin")}`}>
          {nPins}
        </button>
      )}
      {wantsPin && <i className={classes.wanted} title="A pin is missing: P at the place" data-testid="wants-pin" />}
      {verdict && <b className={classes.verdict} data-equal={verdict.isEqual} title={verdict.words} data-testid="verdict">{verdict.isEqual ? "=" : "≠"}</b>}
    </span>
  );
}
