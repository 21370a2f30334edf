import { type CSSProperties, type ReactNode, type RefObject, useEffect } from "react";
import type { Instrument, InstrumentItem, InstrumentRegion, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { Choices } from "./Choices";
import { CommentField } from "./CommentField";
import { type Answers, answerOf, itemsOf, notAssessable } from "./draft";
import type { Verdicts } from "./feedback";
import { pinsOf } from "./pins";
import classes from "./SiteGrid.module.css";
import { SiteRow } from "./SiteRow";
import type { PinMark } from "./useDraft";
import { titleOf } from "./words";

const COMMENT_LENGTH = 1000;
const MANY_GRADES = 5; // more do not stand in a row beside the name of their region

export interface GridProps {
  instrument: Instrument;
  answers: Answers;
  comments: Readonly<Record<string, string>>;
  pins: PinMark[];
  /** Sites the charter asks a pin for. */
  unpinned: ReadonlySet<ItemCode>;
  /** In practice, what the reference says of the sites that were answered. */
  verdicts: Verdicts | null;
  current: ItemCode;
  isLocked: boolean;
  askingReason: ItemCode | null;
  commenting: ItemCode | null;
  onGo: (item: ItemCode) => void;
  onGive: (item: ItemCode, answer: ScoreValue) => void;
  onAskReason: (item: ItemCode | null) => void;
  /** null: as it was. */
  onComment: (item: ItemCode, text: string | null) => void;
  onPins: (item: ItemCode) => void;
  ref: RefObject<HTMLDivElement | null>;
}

/** Every site of the instrument, region by region; the current one stays in view and has the keyboard. */
export function SiteGrid(props: GridProps) {
  const { instrument, answers, comments, pins, unpinned, verdicts, current, isLocked, askingReason, commenting, onGo, onGive, onAskReason, onPins, ref } = props;
  useEffect(() => follow(ref.current, current), [ref, current, askingReason, commenting]);
  const order = itemsOf(instrument);
  const width = Math.max(...instrument.regions.map((region) => region.grades.length));
  return (
    <div className={classes.grid} ref={ref} data-many={width > MANY_GRADES || undefined} style={{ "--grades": width } as CSSProperties}>
      <div className={classes.regions}>
        {instrument.regions.map((region) => (
          <section key={region.code} className={classes.region} aria-label={region.label}>
            <header title={region.guidance}>
              <h2>{region.label}</h2>
              <Subtotal region={region} answers={answers} />
            </header>
            <div>
              {region.items.map((item) => (
                <SiteRow
                  key={item.code} item={item} grades={region.grades} answer={answerOf(answers, item.code)}
                  title={titleOf(instrument, item, answerOf(answers, item.code))} isActive={item.code === current} isLocked={isLocked}
                  nPins={pinsOf(pins, item.code).length} comment={comments[item.code] ?? ""} wantsPin={unpinned.has(item.code)} verdict={verdicts?.get(item.code)}
                  isAskingReason={askingReason === item.code} opensUp={order.indexOf(item) > order.length / 2} question={questionAt(props, item)}
                  onGo={onGo} onGive={onGive} onAskReason={onAskReason} onPins={onPins}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}

/** Why a site cannot be assessed, or what there is to say about it: asked beside the site, never over the images. */
function questionAt({ instrument, comments, askingReason, commenting, onGive, onComment }: GridProps, { code, label }: InstrumentItem): ReactNode {
  if (askingReason === code) {
    return (
      <Choices
        label={`Why is it not assessable: ${label}`} title="Not assessable, because" choices={instrument.not_assessable_reasons}
        testId="reasons" onChoose={(reason) => onGive(code, notAssessable(reason))}
      />
    );
  }
  if (commenting !== code) return null;
  return (
    <CommentField
      label={`Comment on ${label}`} text={comments[code] ?? ""} maxLength={COMMENT_LENGTH}
      onKeep={(text) => onComment(code, text)} onLeave={() => onComment(code, null)}
    />
  );
}

function Subtotal({ region, answers }: { region: InstrumentRegion; answers: Answers }) {
  const grades = region.items.flatMap((item) => answerOf(answers, item.code).grade ?? []);
  if (!region.scored || region.max === null || grades.length === 0 || region.items.length === 1) return null; // of a part there is no sum
  return <span className={classes.subtotal}>{grades.reduce((sum, grade) => sum + grade, 0)} of {region.max}</span>;
}

/** The row of the current site comes into view, and takes the focus unless a control outside the list has it. */
function follow(grid: HTMLElement | null, current: ItemCode): void {
  const row = grid?.querySelector<HTMLElement>(`[data-testid="score-${current}"]`);
  row?.scrollIntoView({ block: "nearest" });
  const focused = document.activeElement;
  const isFree = !focused || focused === document.body || (grid?.contains(focused) && !focused.closest("[data-testid=reasons], [data-testid=comment]"));
  if (row && isFree) row.focus({ preventScroll: true });
}
