import classes from "./SiteEvidence.module.css";
import type { PinMark } from "./useDraft";
import { type NameOf, placeWords } from "./words";

interface Props {
  comment: string;
  pins: PinMark[];
  standing: PinMark | null;
  wantsPin: boolean;
  isLocked: boolean;
  nameOf: NameOf;
  onGoTo: (pin: PinMark) => void;
  onTakeOut: (key: string) => void;
}

/** What was said and shown for the site: the comment, and its pins to go to. */
export function SiteEvidence({ comment, pins, standing, wantsPin, isLocked, nameOf, onGoTo, onTakeOut }: Props) {
  return (
    <div className={classes.evidence} data-testid="evidence">
      {comment && <p title={comment}>“{comment}”</p>}
      {wantsPin && <p className={classes.wanted}>A pin is missing: press P at the place.</p>}
      <div className={classes.pins}>
        {pins.map((pin, index) => (
          <span key={pin.key} className={classes.pin} data-standing={pin === standing || undefined}>
            <button type="button" onClick={() => onGoTo(pin)} title={`Go to pin ${index + 1} (G)`}>
              {placeWords(pin.place, nameOf)}
            </button>
            {!isLocked && pin === standing && (
              <button type="button" onClick={() => onTakeOut(pin.key)} aria-label={`Take out pin ${index + 1}`} title="Take the pin out (Del)">×</button>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}
