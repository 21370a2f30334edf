import { useEffect, useMemo, useRef, useState } from "react";
import type { Adjudication, Dispute } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { useKeys } from "@/lib/keys";
import { KeySheet } from "@/ui/KeySheet";
import { Viewer, type ViewerHandle } from "@/viewer";
import { besideDeciding, decidingActions, movingActions } from "./actions";
import { DecisionBar } from "./DecisionBar";
import { type Draft, neighbour, nextOpen } from "./decisions";
import { DisputeRail } from "./DisputeRail";
import { LeaveGuard } from "./LeaveGuard";
import { adjudicationUrl } from "./queries";
import { ReviewSheet } from "./ReviewSheet";
import classes from "./Room.module.css";
import { SignedBar } from "./SignedBar";
import { TopBar } from "./TopBar";
import { useDecisions } from "./useDecisions";
import { inOrder } from "./words";

type Sheet = "keys" | "sign" | null;

/** The images between what differs and what is decided. */
export function Room({ adjudication }: { adjudication: Adjudication }) {
  const disputes = useMemo(() => inOrder(adjudication), [adjudication]);
  const { draftFor, change, isDone, isUnsaved, saving } = useDecisions(adjudication);
  const order = disputes.map((dispute) => dispute.item);
  const isOpen = (item: ItemCode) => !disputes.some((dispute) => dispute.item === item && isDone(dispute));
  const [active, setActive] = useState(() => order.find(isOpen) ?? order[0]);
  const [isListOpen, setListOpen] = useState(false);
  const [sheet, setSheet] = useState<Sheet>(null);
  const viewer = useRef<ViewerHandle>(null);
  const comment = useRef<HTMLInputElement>(null);
  const dispute = disputes.find((one) => one.item === active);
  const isSigned = adjudication.signature !== null;
  useEffect(() => setListOpen(false), [active, isSigned]);

  const decide = (one: Dispute) => (draft: Draft) => {
    setListOpen(false);
    change(one, draft);
  };
  const deciding = dispute
    ? decidingActions({
        adjudication, dispute, draft: draftFor(dispute), isListOpen, onChange: decide(dispute),
        onList: () => setListOpen(!isListOpen), onComment: () => comment.current?.focus(),
      })
    : [];
  const moving = movingActions({
    isSigned,
    onMove: (by) => active && setActive(neighbour(order, active, by)),
    onNextOpen: () => active && setActive(nextOpen(order, active, isOpen) ?? active),
    onSign: () => setSheet("sign"),
    onHelp: () => setSheet("keys"),
  });
  const actions = () => [...deciding, ...moving, ...besideDeciding(viewer.current?.actions() ?? [])];
  useKeys(actions);

  const rail = { adjudication, disputes, draftFor, isDone };
  return (
    <div className={classes.room}>
      <TopBar adjudication={adjudication} saving={saving} onHelp={() => setSheet("keys")} />
      <DisputeRail {...rail} active={active} onPick={setActive} onSign={() => setSheet("sign")} />
      <main className={classes.images} aria-label="Images">
        <Viewer imagesUrl={`${adjudicationUrl(adjudication.code)}/images`} caption="" ref={viewer} />
      </main>
      {isSigned ? (
        <SignedBar adjudication={adjudication} dispute={dispute} />
      ) : (
        dispute && (
          <DecisionBar
            key={dispute.item} adjudication={adjudication} dispute={dispute} draft={draftFor(dispute)} isDone={isDone(dispute)}
            actions={[...deciding, ...moving]} isListOpen={isListOpen} hasOpen={order.some((item) => item !== active && isOpen(item))}
            commentField={comment} onListOpen={setListOpen} onComment={(text) => decide(dispute)({ ...draftFor(dispute), comment: text })}
          />
        )
      )}
      {sheet === "keys" && <KeySheet actions={actions()} onClose={() => setSheet(null)} />}
      {sheet === "sign" && !isSigned && (
        <ReviewSheet {...rail} saving={saving} onClose={() => setSheet(null)} onGoTo={(item) => { setActive(item as ItemCode); setSheet(null); }} />
      )}
      <LeaveGuard isUnsaved={isUnsaved && !isSigned} />
    </div>
  );
}
