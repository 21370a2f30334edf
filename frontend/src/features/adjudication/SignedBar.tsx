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
export function SignedBar({ adjudication: { signature, second_signature, next, instrument }, dispute }: Props) {
  if (!signature) return null;
  const decision = dispute?.decision;
  const answer = decision ? null : dispute?.own_answer;
  const names = [signature, second_signature].flatMap((one) => one?.printed_name ?? []).join(" and ");
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
        {dispute && answer && <span>Your answer <strong>{markOf(answer)}</strong> {wordsOf(answer, instrument, placeOf(instrument, dispute.item))}</span>}
      </header>
      <div className={classes.line}>
        <div className={classes.signature}>
          <p>Signed by {names}, {formatTime(signature.signed_at)}</p>
          <p className={classes.muted}>“{signature.meaning}”</p>
          <p className={classes.muted}>SHA-256 <Code size="xs">{signature.content_sha256}</Code></p>
        </div>
        <Link to="/adjudications" className={classes.choice}>Back to the queue</Link>
        {next && <Link to={`/adjudicate/${next}`} className={classes.onward} data-testid="next-case">Next case</Link>}
      </div>
    </section>
  );
}
