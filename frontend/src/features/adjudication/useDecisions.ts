import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "@/api/errors";
import { noticeLostSession } from "@/api/session";
import type { Adjudication, DecisionInput, Dispute } from "@/api/types";
import type { AdjudicationCode, ItemCode } from "@/lib/brand";
import { BLANK, type Draft, draftOf, inputOf, isDecided, isSame } from "./decisions";
import { adjudicationKey, putDecision, withDispute } from "./queries";
import { NOTHING_SAVED, backOff, createSaver } from "./saving";

type Drafts = Record<ItemCode, Draft>;

function draftsOf(disputes: Dispute[]): Drafts {
  return Object.fromEntries(disputes.map(({ item, decision }) => [item, draftOf(decision)]));
}

/** The drafts of one adjudication and how far the server has them. What the server has is the query's; the rest is here. */
export function useDecisions({ code, disputes, signature }: Adjudication) {
  const [drafts, setDrafts] = useState(() => draftsOf(disputes));
  const { saver, saving } = useSaver(code, useCallback((fresh) => setDrafts(draftsOf(fresh)), []));
  const draftFor = (dispute: Dispute) => (signature ? draftOf(dispute.decision) : (drafts[dispute.item] ?? BLANK));

  /** Keeps the draft, and saves it when it is a decision. */
  const change = (dispute: Dispute, draft: Draft) => {
    if (signature || (isDecided(dispute, draft) && isSame(draft, draftFor(dispute)))) return;
    setDrafts((before) => ({ ...before, [dispute.item]: draft }));
    const input = inputOf(draft);
    if (input) saver.save(dispute.item, input);
  };
  const isDone = (dispute: Dispute) => isDecided(dispute, draftFor(dispute));
  const isUnsaved = disputes.some((dispute) => !isDone(dispute) && !isSame(draftFor(dispute), BLANK));
  return { draftFor, change, isDone, isUnsaved, saving };
}

function useSaver(code: AdjudicationCode, onReload: (disputes: Dispute[]) => void) {
  const client = useQueryClient();
  const [saving, setSaving] = useState(NOTHING_SAVED);
  const [saver] = useState(() =>
    createSaver<DecisionInput, Dispute>({
      put: (item, input) => putDecision(code, item, input),
      savedAt: ({ decided_at }) => decided_at ?? "",
      onSaved: (dispute) => client.setQueryData<Adjudication>(adjudicationKey(code), (old) => old && withDispute(old, dispute)),
      onRefused: async (_item, error) => {
        noticeLostSession(client, error);
        if (!(error instanceof ApiError) || error.status !== 409) return;
        // Signed meanwhile, in another window: what the server has is what counts.
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
