import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { useStudyCode } from "@/api/studies";
import type { HistoryStep } from "@/api/types";
import classes from "./HistoryDrawer.module.css";
import { momentOf, shortHash } from "./words";

/** What happened in its order: the sentence, who, when, and the number of the event in the audit trail. */
export function Steps({ steps, label, of }: { steps: HistoryStep[]; label: string; of?: string }) {
  const study = useStudyCode();
  if (steps.length === 0) return null;
  return (
    <>
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
      {of && <div className={classes.screen}><Anchor component={Link} to={`/studies/${study}/audit?${new URLSearchParams({ object: of })}`} size="xs" underline="hover">Its events in the audit trail</Anchor></div>}
    </>
  );
}

function Change({ step: { before, after } }: { step: HistoryStep }) {
  if (!before && !after) return null;
  const isNew = !before || before === after;
  return <>: <span className={classes.change}>{isNew ? after : `${before} → ${after || "nothing"}`}</span></>;
}
