import { useEffect, useMemo, useRef, useState } from "react";
import type { Adjudication } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { useKeys } from "@/lib/keys";
import { KeySheet } from "@/ui/KeySheet";
import { Viewer, type ViewerHandle } from "@/viewer";
import { besideDeciding, decidingActions, movingActions } from "./actions";
import { DecisionBar } from "./DecisionBar";
import type { Draft } from "./decisions";
import { DisputeRail } from "./DisputeRail";
import { LeaveGuard } from "./LeaveGuard";
import { adjudicationUrl } from "./queries";
import { ReviewSheet } from "./ReviewSheet";
import classes from "./Room.module.css";
import { SignedBar } from "./SignedBar";
import { TopBar } from "./TopBar";
import { useActive } from "./useActive";
import { useDecisions } from "./useDecisions";
import { inOrder } from "./words";

type Sheet = "keys" | "sign" | null;

/** The images between what differs and what is decided. */
export function Room({ adjudication }: { adjudication: Adjudication }) {
  const disputes = useMemo(() => inOrder(adjudication), [adjudication]);
  const { draftFor, change, isDone, isUnsaved, saving } = useDecisions(adjudication);
  const { active, setActive, dispute, hasOther, move, goToNextOpen } = useActive(disputes, isDone);
  const [isListOpen, setListOpen] = useState(false);
  const [sheet, setSheet] = useState<Sheet>(null);
  const viewer = useRef<ViewerHandle>(null);
  const comment = useRef<HTMLInputElement>(null);
  const isSigned = adjudication.signature !== null;
  useEffect(() => setListOpen(false), [active, isSigned]);

  const close = () => setSheet(null);
  const openReview = () => setSheet("sign");
  const decide = (draft: Draft) => {
    setListOpen(false);
    if (dispute) change(dispute, draft);
  };
  const deciding = dispute
    ? decidingActions({
        adjudication, dispute, draft: draftFor(dispute), isListOpen, onChange: decide,
        onList: () => setListOpen(!isListOpen), onComment: () => comment.current?.focus(),
      })
    : [];
  const moving = movingActions({ isSigned, onMove: move, onNextOpen: goToNextOpen, onSign: openReview, onHelp: () => setSheet("keys") });
  const actions = () => [...deciding, ...moving, ...besideDeciding(viewer.current?.actions() ?? [])];
  useKeys(actions);

  const decided = { adjudication, disputes, draftFor, isDone };
  const goTo = (item: string) => {
    setActive(item as ItemCode);
    close();
  };
  return (
    <div className={classes.room}>
      <TopBar adjudication={adjudication} saving={saving} onHelp={() => setSheet("keys")} />
      <DisputeRail {...decided} active={active} onPick={setActive} onSign={openReview} />
      <main className={classes.images} aria-label="Images">
        <Viewer imagesUrl={`${adjudicationUrl(adjudication.code)}/images`} caption="" ref={viewer} />
      </main>
      {isSigned && <SignedBar adjudication={adjudication} dispute={dispute} />}
      {!isSigned && dispute && (
        <DecisionBar
          key={dispute.item} adjudication={adjudication} dispute={dispute} draft={draftFor(dispute)} isDone={isDone(dispute)}
          actions={[...deciding, ...moving]} isListOpen={isListOpen} hasOther={hasOther} commentField={comment}
          onListOpen={setListOpen} onComment={(text) => change(dispute, { ...draftFor(dispute), comment: text })}
        />
      )}
      {sheet === "keys" && <KeySheet actions={actions().filter((action) => action.keys.length > 0)} onClose={close} />}
      {sheet === "sign" && !isSigned && <ReviewSheet {...decided} saving={saving} onClose={close} onGoTo={goTo} />}
      <LeaveGuard isUnsaved={isUnsaved && !isSigned} />
    </div>
  );
}
