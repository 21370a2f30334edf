import { Text } from "@mantine/core";
import { ApiError } from "@/api/errors";
import type { Dispute, Instrument } from "@/api/types";
import { SignSheet } from "@/ui/SignSheet";
import type { Decided } from "./DisputeRail";
import { type Value, valueOf } from "./decisions";
import { isNeverShown } from "./modes";
import { useSign } from "./queries";
import classes from "./ReviewSheet.module.css";
import type { SaveState } from "./saving";
import { markOf, placeOf, reasonLabel, wordsOf } from "./words";

interface Props extends Decided {
  saving: SaveState;
  onGoTo: (item: string) => void;
  onClose: () => void;
}

type Missing = { item: string; label: string }[];

/** What the server misses counts, too: it has the last word on what is complete. */
function missedByServer(error: unknown): Missing {
  const missing = error instanceof ApiError ? error.extras.missing : null;
  return Array.isArray(missing) ? (missing as Missing) : [];
}

const WAITING: Partial<Record<SaveState["phase"], string>> = {
  saving: "The last decision is being saved.",
  waiting: "A decision is not saved yet; the server is asked again. Sign as soon as it is saved.",
};

/** Every decision once more, then the signature. Nothing is signed that the server does not have. */
export function ReviewSheet({ adjudication, disputes, draftFor, answerFor, isDone, saving, onGoTo, onClose }: Props) {
  const { instrument } = adjudication;
  const sign = useSign(adjudication);
  const waiting = WAITING[saving.phase];
  const lacking = waiting ? [] : disputes.filter((dispute) => !isDone(dispute)).map(({ item, label }) => ({ item, label }));
  const missing = lacking.length > 0 ? lacking : missedByServer(sign.error);
  const isJoint = adjudication.mode === "joint";
  return (
    <SignSheet
      title="Review and sign" missing={missing} meaning={adjudication.meaning} waiting={waiting} isJoint={isJoint} isBusy={sign.isPending} error={sign.error}
      onSign={(password, second) => sign.mutate({ password, second }, { onSuccess: onClose })} onGoTo={onGoTo} onClose={onClose}
    >
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="All decisions">
        {isNeverShown(adjudication.mode)
          ? <Answers instrument={instrument} disputes={disputes} answerFor={answerFor} isDone={isDone} />
          : <Decisions instrument={instrument} disputes={disputes} draftFor={draftFor} isDone={isDone} hasOwn={adjudication.mode === "own_first"} />}
      </div>
    </SignSheet>
  );
}

type AnswersProps = Pick<Props, "disputes" | "answerFor" | "isDone"> & { instrument: Instrument };

function Answers({ instrument, disputes, answerFor, isDone }: AnswersProps) {
  return (
    <table className={classes.table}>
      <thead>
        <tr><th scope="col">Item</th><th scope="col">Your answer</th></tr>
      </thead>
      <tbody>
        {disputes.map((dispute) => (
          <tr key={dispute.item} data-decided={isDone(dispute)}>
            <th scope="row">{dispute.label}</th>
            <td><Told value={answerFor(dispute)} instrument={instrument} dispute={dispute} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DecisionsProps = Pick<Props, "disputes" | "draftFor" | "isDone"> & { instrument: Instrument; hasOwn: boolean };

function Decisions({ instrument, disputes, draftFor, isDone, hasOwn }: DecisionsProps) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Item</th>
          {hasOwn && <th scope="col">Yours</th>}
          <th scope="col">Left</th>
          <th scope="col">Right</th>
          <th scope="col">Decision</th>
          <th scope="col">Reason</th>
        </tr>
      </thead>
      <tbody>
        {disputes.map((dispute) => {
          const draft = draftFor(dispute);
          return (
            <tr key={dispute.item} data-decided={isDone(dispute)}>
              <th scope="row">{dispute.label}</th>
              {hasOwn && <td>{shortly(dispute.own_answer)}</td>}
              <td data-side="left">{shortly(dispute.left)}</td>
              <td data-side="right">{shortly(dispute.right)}</td>
              <td><Told value={valueOf(draft, dispute)} instrument={instrument} dispute={dispute} /></td>
              <td>
                {draft.reason ? reasonLabel(draft.reason) : "–"}
                {draft.comment && <Text size="xs" c="dimmed">{draft.comment}</Text>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const shortly = (value: Value | null) => (value ? markOf(value) : "–");

function Told({ value, instrument, dispute }: { value: Value | null; instrument: Instrument; dispute: Dispute }) {
  if (!value) return "–";
  return (
    <>
      <strong>{markOf(value)}</strong>
      <Text size="xs" c="dimmed">{wordsOf(value, instrument, placeOf(instrument, dispute.item))}</Text>
    </>
  );
}
