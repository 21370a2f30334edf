import { useEffect, useMemo, useRef, useState } from "react";
import type { Adjudication } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { useKeys } from "@/lib/keys";
import { KeySheet } from "@/ui/KeySheet";
import { Viewer, type ViewerHandle } from "@/viewer";
import { besideDeciding, decidingActions, evidenceActions, movingActions } from "./actions";
import { DecisionBar } from "./DecisionBar";
import type { Draft, Value } from "./decisions";
import { DisputeRail } from "./DisputeRail";
import { LeaveGuard } from "./LeaveGuard";
import { adjudicationUrl } from "./queries";
import { ReviewSheet } from "./ReviewSheet";
import classes from "./Room.module.css";
import { SignedBar } from "./SignedBar";
import { TopBar } from "./TopBar";
import { useActive } from "./useActive";
import { useDecisions } from "./useDecisions";
import { useEvidence } from "./useEvidence";
import { inOrder } from "./words";

type Sheet = "keys" | "sign" | null;

/** The images between what differs and what is decided. */
export function Room({ adjudication }: { adjudication: Adjudication }) {
  const disputes = useMemo(() => inOrder(adjudication), [adjudication]);
  const { draftFor, answerFor, change, answer, reveal, isDone, isUnsaved, saving } = useDecisions(adjudication);
  const { active, setActive, dispute, hasOther, move, goToNextOpen } = useActive(disputes, isDone);
  const [isListOpen, setListOpen] = useState(false);
  const [sheet, setSheet] = useState<Sheet>(null);
  const viewer = useRef<ViewerHandle>(null);
  const comment = useRef<HTMLInputElement>(null);
  const [hint, setHint] = useState("");
  const evidence = useEvidence(dispute, viewer);
  const isSigned = adjudication.signature !== null;
  useEffect(() => setListOpen(false), [active, isSigned]);
  useEffect(() => setHint(""), [active, isSigned]);

  const close = () => setSheet(null);
  const openReview = () => setSheet("sign");
  const acted = () => {
    setListOpen(false);
    setHint("");
  };
  const decide = (draft: Draft) => {
    acted();
    if (dispute) change(dispute, draft);
  };
  const giveOwn = (value: Value) => {
    acted();
    if (dispute) answer(dispute, value);
  };
  const deciding = dispute
    ? decidingActions({
        adjudication, dispute, draft: draftFor(dispute), isListOpen, onChange: decide, onAnswer: giveOwn,
        onReveal: () => reveal(dispute), onRefuse: setHint,
        onList: () => setListOpen(!isListOpen), onComment: () => comment.current?.focus(),
      })
    : [];
  const moving = movingActions({ isSigned, onMove: move, onNextOpen: goToNextOpen, onSign: openReview, onHelp: () => setSheet("keys") });
  const looking = evidenceActions({ hasPins: evidence.hasPins, onBoth: evidence.toBoth, onFlip: evidence.flip });
  const actions = () => [...deciding, ...moving, ...looking, ...besideDeciding(viewer.current?.actions() ?? [])];
  useKeys(actions);

  const decided = { adjudication, disputes, draftFor, answerFor, isDone };
  const goTo = (item: string) => {
    setActive(item as ItemCode);
    close();
  };
  return (
    <div className={classes.room}>
      <TopBar adjudication={adjudication} saving={saving} onHelp={() => setSheet("keys")} />
      <DisputeRail {...decided} active={active} onPick={setActive} onSign={openReview} />
      <main className={classes.images} aria-label="Images">
        <Viewer imagesUrl={`${adjudicationUrl(adjudication.code)}/images`} caption={evidence.isFlipped ? "sides exchanged" : ""} pins={evidence.shown} ref={viewer} onStatus={evidence.onStatus} />
      </main>
      {isSigned && <SignedBar adjudication={adjudication} dispute={dispute} />}
      {!isSigned && dispute && (
        <DecisionBar
          key={dispute.item} adjudication={adjudication} dispute={dispute} draft={draftFor(dispute)} answer={answerFor(dispute)} hint={hint} isDone={isDone(dispute)}
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
