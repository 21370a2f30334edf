import { Link } from "react-router";
import type { Reading } from "@/api/types";
import { keyLabel } from "@/lib/keys";
import { formatTime } from "@/lib/format";
import classes from "./Rail.module.css";

interface Props {
  nAnswered: number;
  nItems: number;
  hint: string;
  isAutoAdvancing: boolean;
  onNextBlank: () => void;
  onReview: () => void;
  onAutoAdvance: (isOn: boolean) => void;
}

/** How far the reading is, and the two ways on. */
export function Footer({ nAnswered, nItems, hint, isAutoAdvancing, onNextBlank, onReview, onAutoAdvance }: Props) {
  const left = nItems - nAnswered;
  return (
    <footer className={classes.footer}>
      <div className={classes.line}>
        <label className={classes.advance}>
          <input type="checkbox" checked={isAutoAdvancing} onChange={(event) => onAutoAdvance(event.currentTarget.checked)} />
          Next site after a grade
        </label>
        <span className={classes.hint} role="status">{hint}</span>
      </div>
      <div className={classes.line}>
        <button type="button" className={classes.progress} onClick={onNextBlank} disabled={left === 0} title="Next site without an answer (N)">
          <span data-testid="progress">{nAnswered}/{nItems}</span>
          <span>{left === 0 ? "complete" : `${left} left`}</span>
          {left > 0 && <kbd>N</kbd>}
        </button>
        <button type="button" className={classes.review} data-ready={left === 0 || undefined} onClick={onReview}>
          Review and sign <kbd>{keyLabel("Mod+Enter")}</kbd>
        </button>
      </div>
    </footer>
  );
}

/** What stands under a signed reading: who, what for, when; and the way on. */
export function SignedFooter({ reading }: { reading: Reading }) {
  const { signature, next } = reading;
  return (
    <footer className={classes.signed} data-testid="signature">
      <div className={classes.line}>
        {signature && (
          <div>
            <h2>Signed by {signature.printed_name}</h2>
            <p>{formatTime(signature.signed_at)}</p>
          </div>
        )}
        <Link to={next ? `/read/${next}` : "/worklist"} className={classes.next}>{next ? "Next reading" : "Back to my readings"}</Link>
      </div>
      {signature && <p>{signature.meaning}</p>}
    </footer>
  );
}
