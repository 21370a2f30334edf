import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { Reading } from "@/api/types";
import { keyLabel } from "@/lib/keys";
import { count, formatTime } from "@/lib/format";
import { Reopen, reopeningWords } from "./Reopen";
import classes from "./Footer.module.css";

interface Props {
  nAnswered: number;
  nItems: number;
  /** Sites the charter asks a pin for, and that have none. */
  nUnpinned: number;
  hint: string;
  /** Open at another desk: one can look, and change nothing. */
  isLocked: boolean;
  isAutoAdvancing: boolean;
  onNextBlank: () => void;
  onNextUnpinned: () => void;
  onComment: () => void;
  onPin: () => void;
  onReview: () => void;
  onAutoAdvance: (isOn: boolean) => void;
}

/** What can be said and shown for the current site; how far the reading is, and the ways on. */
export function Footer(props: Props) {
  const { nItems, nAnswered, nUnpinned, hint, isLocked, isAutoAdvancing, onNextBlank, onNextUnpinned, onComment, onPin, onReview, onAutoAdvance } = props;
  const left = nItems - nAnswered;
  return (
    <footer className={classes.footer}>
      <div className={classes.line}>
        <button type="button" className={classes.tool} disabled={isLocked} onClick={onComment} title="Comment on the site (E)">Comment <kbd>E</kbd></button>
        <button type="button" className={classes.tool} disabled={isLocked} onClick={onPin} title="Pin the place to the site (P)">Pin <kbd>P</kbd></button>
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
        {nUnpinned > 0 && (
          <button type="button" className={classes.unpinned} onClick={onNextUnpinned} title="Next site that needs a pin" data-testid="unpinned">
            {count(nUnpinned, "pin")} missing
          </button>
        )}
        <button type="button" className={classes.review} data-ready={(left === 0 && nUnpinned === 0) || undefined} disabled={isLocked} onClick={onReview}>
          Review and sign <kbd>{keyLabel("Mod+Enter")}</kbd>
        </button>
      </div>
    </footer>
  );
}

/** What stands under a signed reading: who, what for, when; the way on, and the way back. */
export function SignedFooter({ reading, isJustSigned }: { reading: Reading; isJustSigned: boolean }) {
  const { signature, next } = reading;
  const onward = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (!isJustSigned) return;
    const afterTheSheet = setTimeout(() => onward.current?.focus()); // which gives the focus back as it closes
    return () => clearTimeout(afterTheSheet);
  }, [isJustSigned]);
  return (
    <footer className={classes.signed} data-testid="signature">
      <div className={classes.line}>
        {signature && (
          <div className={classes.signer}>
            <h2>Signed by {signature.printed_name}</h2>
            <p>{formatTime(signature.signed_at)}</p>
          </div>
        )}
        {!reading.feedback && <Reopen reading={reading} />}
        <Link ref={onward} to={next ? `/read/${next}` : "/worklist"} className={classes.next}>{next ? "Next reading" : "Back to my readings"}</Link>
      </div>
      {signature && <p>{signature.meaning}</p>}
      <p role="status" data-testid="reopening">{reopeningWords(reading)}</p>
    </footer>
  );
}
