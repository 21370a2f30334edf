import type { QualityCheck } from "@/api/types";
import { formatTime } from "@/lib/format";
import classes from "./Rail.module.css";

const DECISIONS: Record<QualityCheck["decision"], string> = { accepted: "Accepted", refused: "Refused" };

/** Who has decided what of this case, the latest first. */
export function Checks({ checks }: { checks: QualityCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <section className={classes.part} aria-label="Earlier checks">
      <h2>Checks so far</h2>
      {checks.map((check) => (
        <article key={check.checked_at} className={classes.query} data-testid="earlier-check">
          <p><strong>{DECISIONS[check.decision]}</strong>{check.reason && `: ${check.reason}`}</p>
          <p className={classes.when}>{`${check.checked_by}, ${formatTime(check.checked_at)}`}</p>
        </article>
      ))}
    </section>
  );
}
