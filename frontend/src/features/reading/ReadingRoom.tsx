import { type MouseEvent, useMemo, useRef, useState } from "react";
import type { Reading } from "@/api/types";
import { useKeys } from "@/lib/keys";
import { Confirm } from "@/ui/Confirm";
import { KeySheet } from "@/ui/KeySheet";
import { Viewer, type ViewerHandle, type ViewerStatus } from "@/viewer";
import { readingActions } from "./actions";
import { missingItems, nextBlank } from "./draft";
import { Footer, SignedFooter } from "./Footer";
import { HaltNotice } from "./HaltNotice";
import { imagesUrl } from "./queries";
import { Rail } from "./Rail";
import classes from "./ReadingRoom.module.css";
import { ReviewSheet } from "./ReviewSheet";
import { TopBar } from "./TopBar";
import { Unsent } from "./unsent";
import { useDraft, useSignedElsewhere } from "./useDraft";
import { useHint } from "./useHint";
import { useSaving } from "./useSaving";

interface Props {
  reading: Reading;
  username: string;
}

/** Pressing a button with the mouse leaves the keyboard with the current site. */
function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest("button, a, label, [role=button]")) event.preventDefault();
}

const hasRoomForDiagram = () => window.innerWidth >= 1500 && window.innerHeight >= 960;

/** One reading: the images, the sites, and nothing that knows of another reader. */
export function ReadingRoom({ reading, username }: Props) {
  const { code, instrument } = reading;
  const isSigned = reading.state === "signed";
  const unsent = useMemo(() => new Unsent(username, code), [username, code]);
  const { order, draft, answers, askingReason, go, give, askReason, undo, redo, autoAdvance } = useDraft(reading, unsent);
  const saving = useSaving(reading, username, unsent, draft.answers);
  useSignedElsewhere(reading, saving.halt?.code, unsent);
  const viewer = useRef<ViewerHandle>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [status, setStatus] = useState<ViewerStatus | null>(null);
  const [sheet, setSheet] = useState<"help" | "review" | null>(null);
  const [hasDiagram, setDiagram] = useState(hasRoomForDiagram);
  const { hint, showHint } = useHint();

  const review = () => setSheet("review");
  const help = () => setSheet("help");
  const toggleDiagram = () => setDiagram((isOpen) => !isOpen);
  const isAskingReason = askingReason !== null;
  const actions = () => [
    ...readingActions({ instrument, order, draft, isSigned, isAskingReason, give, go, askReason, hint: showHint, undo, redo, toggleDiagram, review, help }),
    ...(viewer.current?.actions() ?? []),
  ];
  useKeys(actions);
  return (
    <div className={classes.room} onMouseDown={keepFocus}>
      <TopBar reading={reading} saver={saving} viewer={status} onHelp={help} />
      <main className={classes.desk}>
        <div className={classes.images}>
          <Viewer imagesUrl={imagesUrl(code)} caption={code} ref={viewer} onStatus={setStatus} />
        </div>
        <Rail
          instrument={instrument} answers={answers} current={draft.current} isLocked={isSigned} hasDiagram={hasDiagram}
          askingReason={askingReason} onGo={go} onGive={give} onAskReason={askReason} ref={grid}
        >
          <HaltNotice saving={saving} />
          {isSigned ? (
            <SignedFooter reading={reading} />
          ) : (
            <Footer
              nItems={order.length} nAnswered={order.length - missingItems(instrument, answers).length} hint={hint} isAutoAdvancing={draft.isAutoAdvancing}
              onNextBlank={() => go(nextBlank(order, answers, draft.current) ?? draft.current)} onReview={review} onAutoAdvance={autoAdvance}
            />
          )}
        </Rail>
      </main>
      {sheet === "help" && <KeySheet actions={actions()} onClose={() => setSheet(null)} />}
      {sheet === "review" && !isSigned && (
        <ReviewSheet
          reading={reading} answers={answers} isSaved={saving.state === "saved"} onClose={() => setSheet(null)}
          onGoTo={(item) => {
            setSheet(null);
            go(item);
          }}
        />
      )}
      <Confirm
        opened={saving.blocker.state === "blocked"} title="Some answers are not saved yet" action="Leave"
        onConfirm={() => saving.blocker.proceed?.()} onCancel={() => saving.blocker.reset?.()}
      >
        They stay in this tab and are sent when you open this reading again.
      </Confirm>
    </div>
  );
}
