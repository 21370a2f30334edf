import { Text } from "@mantine/core";
import { ApiError } from "@/api/errors";
import { SignSheet } from "@/ui/SignSheet";
import type { Decided } from "./DisputeRail";
import { valueOf } from "./decisions";
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
export function ReviewSheet({ adjudication, disputes, draftFor, isDone, saving, onGoTo, onClose }: Props) {
  const { instrument } = adjudication;
  const sign = useSign(adjudication);
  const waiting = WAITING[saving.phase];
  const lacking = waiting ? [] : disputes.filter((dispute) => !isDone(dispute)).map(({ item, label }) => ({ item, label }));
  const missing = lacking.length > 0 ? lacking : missedByServer(sign.error);
  return (
    <SignSheet
      title="Review and sign" missing={missing} meaning={adjudication.meaning} waiting={waiting} isBusy={sign.isPending} error={sign.error}
      onSign={(password) => sign.mutate(password, { onSuccess: onClose })} onGoTo={onGoTo} onClose={onClose}
    >
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="All decisions">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col">Left</th>
              <th scope="col">Right</th>
              <th scope="col">Decision</th>
              <th scope="col">Reason</th>
            </tr>
          </thead>
          <tbody>
            {disputes.map((dispute) => {
              const draft = draftFor(dispute);
              const value = valueOf(draft, dispute);
              return (
                <tr key={dispute.item} data-decided={isDone(dispute)}>
                  <th scope="row">{dispute.label}</th>
                  <td data-side="left">{markOf(dispute.left)}</td>
                  <td data-side="right">{markOf(dispute.right)}</td>
                  <td>
                    {value ? <strong>{markOf(value)}</strong> : "–"}
                    {value && <Text size="xs" c="dimmed">{wordsOf(value, instrument, placeOf(instrument, dispute.item))}</Text>}
                  </td>
                  <td>
                    {draft.reason ? reasonLabel(draft.reason) : "–"}
                    {draft.comment && <Text size="xs" c="dimmed">{draft.comment}</Text>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </SignSheet>
  );
}
