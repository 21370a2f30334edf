import { type CSSProperties, type RefObject, useEffect } from "react";
import type { Instrument, InstrumentRegion, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { type Answers, answerOf, itemsOf } from "./draft";
import classes from "./SiteGrid.module.css";
import { SiteRow } from "./SiteRow";
import { titleOf } from "./words";

export interface GridProps {
  instrument: Instrument;
  answers: Answers;
  current: ItemCode;
  isLocked: boolean;
  askingReason: ItemCode | null;
  onGo: (item: ItemCode) => void;
  onGive: (item: ItemCode, answer: ScoreValue) => void;
  onAskReason: (item: ItemCode | null) => void;
  ref: RefObject<HTMLDivElement | null>;
}

/** Every site of the instrument, region by region; the current one stays in view and has the keyboard. */
export function SiteGrid({ instrument, answers, current, isLocked, askingReason, onGo, onGive, onAskReason, ref }: GridProps) {
  useEffect(() => follow(ref.current, current), [ref, current, askingReason]);
  const order = itemsOf(instrument);
  const width = Math.max(...instrument.regions.map((region) => region.grades.length));
  return (
    <div className={classes.grid} ref={ref} style={{ "--grades": width } as CSSProperties}>
      {instrument.regions.map((region) => (
        <section key={region.code} className={classes.region} aria-label={region.label}>
          <header title={region.guidance}>
            <h2>{region.label}</h2>
            <Subtotal region={region} answers={answers} />
          </header>
          <div>
            {region.items.map((item) => (
              <SiteRow
                key={item.code} item={item} grades={region.grades} reasons={instrument.not_assessable_reasons} answer={answerOf(answers, item.code)}
                title={titleOf(instrument, item, answerOf(answers, item.code))} isActive={item.code === current} isLocked={isLocked}
                isAskingReason={askingReason === item.code} opensUp={order.indexOf(item) > order.length / 2} onGo={onGo} onGive={onGive} onAskReason={onAskReason}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function Subtotal({ region, answers }: { region: InstrumentRegion; answers: Answers }) {
  const grades = region.items.flatMap((item) => answerOf(answers, item.code).grade ?? []);
  if (!region.scored || grades.length === 0 || region.items.length === 1) return null;
  return <span className={classes.subtotal}>{grades.reduce((sum, grade) => sum + grade, 0)} of {region.max}</span>;
}

/** The row of the current site comes into view, and takes the focus unless a control outside the list has it. */
function follow(grid: HTMLElement | null, current: ItemCode): void {
  const row = grid?.querySelector<HTMLElement>(`[data-testid="score-${current}"]`);
  row?.scrollIntoView({ block: "nearest" });
  const focused = document.activeElement;
  const isFree = !focused || focused === document.body || (grid?.contains(focused) && !focused.closest("[data-testid=reasons]"));
  if (row && isFree) row.focus({ preventScroll: true });
}
