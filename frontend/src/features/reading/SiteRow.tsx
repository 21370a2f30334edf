import { memo, type MouseEvent, type ReactNode } from "react";
import type { InstrumentItem, InstrumentRegion, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { graded, isBlank, textOf } from "./draft";
import { lookOf } from "./look";
import classes from "./SiteGrid.module.css";
import { type Marks, marksWords, SiteMarks } from "./SiteMarks";

interface Props extends Marks {
  item: InstrumentItem;
  grades: InstrumentRegion["grades"];
  answer: ScoreValue;
  title: string;
  isActive: boolean;
  isLocked: boolean;
  isAskingReason: boolean;
  /** Where a question at the site has room. */
  opensUp: boolean;
  /** What is asked at the site, if something is. */
  question: ReactNode;
  onGo: (item: ItemCode) => void;
  onGive: (item: ItemCode, answer: ScoreValue) => void;
  onAskReason: (item: ItemCode | null) => void;
  onPins: (item: ItemCode) => void;
}

/** One site: its grades, and the way to say that it cannot be graded. The row has the focus, its buttons the mouse. */
export const SiteRow = memo(function SiteRow(props: Props) {
  const { item, grades, answer, title, isActive, isLocked, isAskingReason, opensUp, question, onGo, onGive, onAskReason, onPins } = props;
  const { nPins, comment, wantsPin, verdict } = props;
  return (
    <div
      className={classes.row} role="radiogroup" aria-label={title + marksWords(props)} tabIndex={isActive ? 0 : -1}
      data-testid={`score-${item.code}`} data-value={textOf(answer)} data-active={isActive} data-blank={isBlank(answer) || undefined}
      onFocus={(event) => event.target !== event.currentTarget || isActive || onGo(item.code)} onClick={(event) => isActive || isOnButton(event) || onGo(item.code)}
    >
      <span className={classes.site} aria-hidden="true">{item.site}</span>
      <SiteMarks nPins={nPins} comment={comment} wantsPin={wantsPin} verdict={verdict} onPins={() => onPins(item.code)} />
      {grades.map(({ value, label, definition }) => (
        <button
          key={value} type="button" role="radio" className={classes.cell} tabIndex={-1} disabled={isLocked} title={definition || label}
          aria-label={`${item.label}: ${value}`} aria-checked={answer.grade === value} data-look={lookOf({ grades, scored: item.kind === "grade" }, value)}
          data-reference={(verdict && verdict.grade === value) || undefined} onClick={() => onGive(item.code, graded(value))}
        >
          {value}
        </button>
      ))}
      <button
        type="button" role="radio" className={classes.cell} tabIndex={-1} disabled={isLocked} title="Not assessable" aria-label={`${item.label}: not assessable`}
        aria-checked={answer.not_assessable !== ""} data-look="none" data-reference={verdict?.grade === null || undefined} onClick={() => onAskReason(isAskingReason ? null : item.code)}
      >
        X
      </button>
      {question && <div className={classes.question} data-opens-up={opensUp || undefined}>{question}</div>}
    </div>
  );
});

/** A button of the row does its own moving. */
function isOnButton({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest("button") !== null;
}
