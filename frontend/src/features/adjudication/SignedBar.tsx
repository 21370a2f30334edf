import { Link } from "react-router";
import type { Adjudication, Dispute } from "@/api/types";
import { formatTime } from "@/lib/format";
import { Code } from "@/ui/Code";
import classes from "./DecisionBar.module.css";
import { markOf, placeOf, reasonLabel, wordsOf } from "./words";

interface Props {
  adjudication: Adjudication;
  dispute: Dispute | undefined;
}

/** What was signed, and the way on. */
export function SignedBar({ adjudication: { signature, next, instrument }, dispute }: Props) {
  if (!signature) return null;
  const decision = dispute?.decision;
  return (
    <section className={classes.bar} aria-label="Signature" data-testid="signature">
      <header className={classes.head}>
        <h2>{dispute?.label}</h2>
        {dispute && decision && (
          <span>
            Decided <strong>{markOf(decision)}</strong> {wordsOf(decision, instrument, placeOf(instrument, dispute.item))} · {reasonLabel(decision.reason)}
            {decision.comment && ` · “${decision.comment}”`}
          </span>
        )}
      </header>
      <div className={classes.line}>
        <div className={classes.signature}>
          <p>Signed by {signature.printed_name}, {formatTime(signature.signed_at)}</p>
          <p className={classes.muted}>“{signature.meaning}”</p>
          <p className={classes.muted}>SHA-256 <Code size="xs">{signature.content_sha256}</Code></p>
        </div>
        <Link to="/adjudications" className={classes.choice}>Back to the queue</Link>
        {next && <Link to={`/adjudicate/${next}`} className={classes.onward} data-testid="next-case">Next case</Link>}
      </div>
    </section>
  );
}
