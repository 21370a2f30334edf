import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "@/api/errors";
import { noticeLostSession } from "@/api/session";
import type { Adjudication, DecisionInput, Dispute } from "@/api/types";
import type { AdjudicationCode, ItemCode } from "@/lib/brand";
import { BLANK, type Draft, type Value, draftOf, inputOf, isDecided, isSame, isSameValue } from "./decisions";
import { askedOf, isNeverShown } from "./modes";
import { adjudicationKey, putDecision, putOwnAnswer, putPick, withDispute } from "./queries";
import { NOTHING_SAVED, backOff, createSaver } from "./saving";

type Drafts = Record<ItemCode, Draft>;
type Answers = Record<ItemCode, Value | undefined>;
type Sent = { own: Value } | { decision: DecisionInput } | { pick: DecisionInput };

const WHOLE = "whole";

function draftsOf(disputes: Dispute[]): Drafts {
  return Object.fromEntries(disputes.map(({ item, decision }) => [item, draftOf(decision)]));
}

/** The drafts of one adjudication and how far the server has them. What the server has is the query's; the rest is here. */
export function useDecisions({ code, disputes, mode, signature }: Adjudication) {
  const [drafts, setDrafts] = useState(() => draftsOf(disputes));
  const [answers, setAnswers] = useState<Answers>({});
  const reload = useCallback((fresh: Dispute[]) => {
    setDrafts(draftsOf(fresh));
    setAnswers({});
  }, []);
  const { saver, saving } = useSaver(code, reload);
  const draftFor = (dispute: Dispute) => (signature ? draftOf(dispute.decision) : (drafts[dispute.item] ?? BLANK));
  /** The own answer, as it was given here or as the server has it. */
  const answerFor = (dispute: Dispute): Value | null => (dispute.is_revealed || signature ? dispute.own_answer : (answers[dispute.item] ?? dispute.own_answer));

  /** Keeps the draft, and saves it when it is a decision; a whole reading is picked for all items at once. */
  const change = (dispute: Dispute, draft: Draft) => {
    if (signature || (isDecided(dispute, draft) && isSame(draft, draftFor(dispute)))) return;
    const isWhole = askedOf(mode, dispute) === "whole";
    setDrafts((before) => (isWhole ? Object.fromEntries(disputes.map(({ item }) => [item, draft])) : { ...before, [dispute.item]: draft }));
    const input = inputOf(draft);
    if (input) saver.save(isWhole ? WHOLE : dispute.item, isWhole ? { pick: input } : { decision: input });
  };
  /** Keeps the own answer. It is saved at once where nothing follows from it, and by `reveal` where it then stays. */
  const answer = (dispute: Dispute, value: Value) => {
    if (signature || dispute.is_revealed) return;
    setAnswers((before) => ({ ...before, [dispute.item]: value }));
    if (isNeverShown(mode)) saver.save(dispute.item, { own: value });
  };
  const reveal = (dispute: Dispute) => {
    const own = answerFor(dispute);
    if (own && !signature && !dispute.is_revealed) saver.save(dispute.item, { own });
  };
  const isDone = (dispute: Dispute) => {
    if (!isNeverShown(mode)) return dispute.is_revealed && isDecided(dispute, draftFor(dispute));
    return dispute.own_answer !== null && isSameValue(dispute.own_answer, answerFor(dispute));
  };
  const isBegun = (dispute: Dispute) => !isSame(draftFor(dispute), BLANK) || (!dispute.is_revealed && answers[dispute.item] !== undefined);
  const isUnsaved = disputes.some((dispute) => !isDone(dispute) && isBegun(dispute));
  return { draftFor, answerFor, change, answer, reveal, isDone, isUnsaved, saving };
}

function put(code: AdjudicationCode, item: string, sent: Sent): Promise<Dispute | Adjudication> {
  if ("own" in sent) return putOwnAnswer(code, item, sent.own);
  if ("decision" in sent) return putDecision(code, item, sent.decision);
  const { choice, reason, comment } = sent.pick;
  return putPick(code, { choice: choice === "right" ? "right" : "left", reason, comment });
}

function savedAt(answer: Dispute | Adjudication): string {
  const [one] = "disputes" in answer ? answer.disputes : [answer];
  return one?.decided_at ?? one?.own_at ?? "";
}

function useSaver(code: AdjudicationCode, onReload: (disputes: Dispute[]) => void) {
  const client = useQueryClient();
  const [saving, setSaving] = useState(NOTHING_SAVED);
  const [saver] = useState(() =>
    createSaver<Sent, Dispute | Adjudication>({
      put: (item, sent) => put(code, item, sent),
      savedAt,
      onSaved: (answer) =>
        client.setQueryData<Adjudication>(adjudicationKey(code), (old) => ("disputes" in answer ? answer : old && withDispute(old, answer))),
      onRefused: async (_item, error) => {
        noticeLostSession(client, error);
        if (!(error instanceof ApiError) || ![404, 409].includes(error.status)) return;
        // Signed meanwhile in another window, or read again: what the server has is what counts.
        await client.refetchQueries({ queryKey: adjudicationKey(code) });
        onReload(client.getQueryData<Adjudication>(adjudicationKey(code))?.disputes ?? []);
      },
      onState: setSaving,
      pause: backOff,
    }),
  );
  useEffect(() => {
    saver.open();
    return saver.close;
  }, [saver]);
  return { saver, saving };
}
