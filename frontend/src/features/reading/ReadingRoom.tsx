import { type MouseEvent, useMemo, useRef, useState } from "react";
import type { Reading } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { useKeys } from "@/lib/keys";
import { KeySheet } from "@/ui/KeySheet";
import { Viewer, type ViewerHandle, type ViewerStatus } from "@/viewer";
import { readingActions } from "./actions";
import { type Answers, type Draft, lastAnswered, missingItems, nextBlank } from "./draft";
import { Footer, SignedFooter } from "./Footer";
import { itemsWithoutPin, nextOf } from "./pins";
import { PracticeNote } from "./PracticeNote";
import { imagesUrl } from "./queries";
import { Rail } from "./Rail";
import classes from "./ReadingRoom.module.css";
import { ReportPanel } from "./ReportPanel";
import { ReviewSheet } from "./ReviewSheet";
import { SavingNotices } from "./SavingNotices";
import { TopBar } from "./TopBar";
import { useCommenting } from "./useCommenting";
import { type PinMark, useDraft } from "./useDraft";
import { useEvidence } from "./useEvidence";
import { useHint } from "./useHint";
import { useReports } from "./useReports";
import { useSitting } from "./useSitting";
import type { Opened } from "./useWork";
import { firstUnseen } from "./unseen";

interface Props {
  reading: Reading;
  username: string;
  opened: Opened;
}

/** Pressing a button with the mouse leaves the keyboard with the current site. */
function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest("button, a, label, [role=button]")) event.preventDefault();
}

const hasRoomForDiagram = () => window.innerWidth >= 1500 && window.innerHeight >= 960;

/** One reading: the images, the sites, and nothing that knows of another reader. */
export function ReadingRoom({ reading, username, opened }: Props) {
  const { code, instrument } = reading;
  const isSigned = reading.state === "signed";
  const work = useDraft(reading, opened);
  const { order, verdicts, draft, answers, comments, pins, askingReason, go, give, saving } = work;
  const wasOpen = useRef(!isSigned).current;
  const isLocked = isSigned || saving.isElsewhere;
  const viewer = useRef<ViewerHandle>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [status, setStatus] = useState<ViewerStatus | null>(null);
  const [sheet, setSheet] = useState<"help" | "review" | null>(null);
  const [hasDiagram, setDiagram] = useState(hasRoomForDiagram);
  const { hint, showHint } = useHint();
  const { commenting, begin: beginComment, end: endComment } = useCommenting(comments, draft.current, work.comment);
  const evidence = useEvidence({
    instrument, pins, current: draft.current, isLocked, viewer, intended: work.intended, pin: work.pin, unpin: work.unpin, hint: showHint,
  });
  const reports = useReports(code, showHint);
  const sitting = useSitting({ code, viewer, renderer: status?.renderer, isOver: isLocked });
  const unpinned = useUnpinned(reading, answers, pins);
  const nameOf = (series: number) => viewer.current?.nameOf(series) ?? "";
  const close = () => setSheet(null);
  const review = () => {
    sitting.tell(); // or the review would not know of the last slices
    setSheet("review");
  };
  const showUnseen = (series: number) => {
    close();
    viewer.current?.show(series, firstUnseen(series, reading.seen, viewer.current.exposure().slices));
  };
  const actionsAt = (at: Draft) => readingActions({
    ...work, draft: at, instrument, isLocked, isAskingReason: askingReason !== null, hint: showHint, review,
    evidence: { ...evidence.at(at.current), comment: () => beginComment(at.current) },
    report: { ...reports, stage: reports.reporting.stage, begin: () => reports.begin(viewer.current?.here() ?? null) },
    toggleDiagram: () => setDiagram((isOpen) => !isOpen), help: () => setSheet("help"),
  });
  const actions = () => [...actionsAt(work.intended()), ...(viewer.current?.actions() ?? [])];
  useKeys(actions);
  return (
    <div className={classes.room} onMouseDown={keepFocus}>
      <TopBar reading={reading} saving={saving} viewer={status} actions={actionsAt(draft)} />
      <main className={classes.desk}>
        <div className={classes.images}>
          <Viewer imagesUrl={imagesUrl(code)} caption={code} ref={viewer} onStatus={setStatus} pins={evidence.shown} onPin={evidence.dropAt} />
        </div>
        <Rail
          instrument={instrument} answers={answers} comments={comments} pins={pins} unpinned={unpinned} verdicts={verdicts} current={draft.current} isLocked={isLocked}
          hasDiagram={hasDiagram} standing={evidence.standing} nameOf={nameOf} askingReason={askingReason} commenting={commenting}
          onGo={go} onGive={give} onAskReason={work.askReason} onComment={endComment} onPins={evidence.next} onGoToPin={evidence.goTo} onTakeOut={work.unpin} ref={grid}
        >
          <ReportPanel reports={reports} problems={reading.problems} nameOf={nameOf} />
          <SavingNotices saving={saving} username={username} instrument={instrument} />
          {verdicts && <PracticeNote instrument={instrument} verdicts={verdicts} current={draft.current} answeredLast={lastAnswered(draft)} isSigned={isSigned} />}
          {isSigned ? (
            <SignedFooter reading={reading} isJustSigned={wasOpen} />
          ) : (
            <Footer
              nItems={order.length} nAnswered={order.length - missingItems(instrument, answers).length} nUnpinned={unpinned.size} hint={hint} isLocked={isLocked}
              isAutoAdvancing={draft.isAutoAdvancing} onAutoAdvance={work.autoAdvance} onComment={() => beginComment(draft.current)} onPin={evidence.drop} onReview={review}
              onNextBlank={() => go(nextBlank(order, answers, draft.current) ?? draft.current)}
              onNextUnpinned={() => go(nextOf(order, unpinned, draft.current))}
            />
          )}
        </Rail>
      </main>
      {sheet === "help" && <KeySheet actions={actions()} onClose={close} />}
      {sheet === "review" && !isSigned && (
        <ReviewSheet
          reading={reading} isSaved={saving.state === "saved"} isTold={sitting.isTold} nameOf={nameOf} onClose={close} onShowUnseen={showUnseen}
          onGoTo={(item) => {
            close();
            go(item);
          }}
        />
      )}
    </div>
  );
}

/** The sites whose grade the charter wants to be shown, and that show nothing. */
function useUnpinned({ requires_pins, instrument }: Reading, answers: Answers, pins: PinMark[]): ReadonlySet<ItemCode> {
  return useMemo(() => {
    const items = requires_pins ? itemsWithoutPin(instrument, answers, pins) : [];
    return new Set(items.map((item) => item.code));
  }, [requires_pins, instrument, answers, pins]);
}
