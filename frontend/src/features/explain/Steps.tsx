import type { HistoryStep } from "@/api/types";
import classes from "./HistoryDrawer.module.css";
import { momentOf, shortHash } from "./words";

/** What happened in its order: the sentence, who, when, and the number of the event in the audit trail. */
export function Steps({ steps, label }: { steps: HistoryStep[]; label: string }) {
  if (steps.length === 0) return null;
  return (
    <ol className={classes.steps} aria-label={label}>
      {steps.map((step, place) => (
        <li key={`${step.at} ${place}`}>
          {step.sentence}
          <Change step={step} />
          {step.note && <> <q>{step.note}</q></>}
          <div className={classes.muted}>
            {step.who} · {momentOf(step.at)}
            {step.seq !== null && <span title={step.hash}> · event {step.seq} · {shortHash(step.hash)}</span>}
          </div>
        </li>
      ))}
    </ol>
  );
}

function Change({ step: { before, after } }: { step: HistoryStep }) {
  if (!before && !after) return null;
  const isNew = !before || before === after;
  return <>: <span className={classes.change}>{isNew ? after : `${before} → ${after || "nothing"}`}</span></>;
}
