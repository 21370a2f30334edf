import { memo, type MouseEvent } from "react";
import type { Choice, InstrumentItem, InstrumentRegion, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { graded, isBlank, notAssessable, textOf } from "./draft";
import classes from "./SiteGrid.module.css";

interface Props {
  item: InstrumentItem;
  grades: InstrumentRegion["grades"];
  reasons: Choice[];
  answer: ScoreValue;
  title: string;
  isActive: boolean;
  isLocked: boolean;
  isAskingReason: boolean;
  /** Where the list of reasons has room. */
  opensUp: boolean;
  onGo: (item: ItemCode) => void;
  onGive: (item: ItemCode, answer: ScoreValue) => void;
  onAskReason: (item: ItemCode | null) => void;
}

/** One site: its grades, and the way to say that it cannot be graded. The row has the focus, its buttons the mouse. */
export const SiteRow = memo(function SiteRow(props: Props) {
  const { item, grades, reasons, answer, title, isActive, isLocked, isAskingReason, opensUp, onGo, onGive, onAskReason } = props;
  return (
    <div
      className={classes.row} role="radiogroup" aria-label={title} tabIndex={isActive ? 0 : -1}
      data-testid={`score-${item.code}`} data-value={textOf(answer)} data-active={isActive} data-blank={isBlank(answer) || undefined}
      onFocus={() => isActive || onGo(item.code)} onClick={(event) => isActive || isOnButton(event) || onGo(item.code)}
    >
      <span className={classes.site} aria-hidden="true">{item.site}</span>
      {grades.map(({ value, label }) => (
        <button
          key={value} type="button" role="radio" className={classes.cell} tabIndex={-1} disabled={isLocked} title={label}
          aria-label={`${item.label}: ${value}`} aria-checked={answer.grade === value} data-look={item.kind === "flag" && value ? 2 : value}
          onClick={() => onGive(item.code, graded(value))}
        >
          {value}
        </button>
      ))}
      <button
        type="button" role="radio" className={classes.cell} tabIndex={-1} disabled={isLocked} title="Not assessable" aria-label={`${item.label}: not assessable`}
        aria-checked={answer.not_assessable !== ""} data-look="none" onClick={() => onAskReason(isAskingReason ? null : item.code)}
      >
        X
      </button>
      {isAskingReason && <ReasonList item={item} reasons={reasons} opensUp={opensUp} onGive={onGive} />}
    </div>
  );
});

/** A button of the row does its own moving. */
function isOnButton({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest("button") !== null;
}

function ReasonList({ item, reasons, opensUp, onGive }: Pick<Props, "item" | "reasons" | "opensUp" | "onGive">) {
  return (
    <div className={classes.reasons} role="group" aria-label={`Why is it not assessable: ${item.label}`} data-opens-up={opensUp || undefined} data-testid="reasons">
      <p>Not assessable, because</p>
      {reasons.map(({ code, label }, index) => (
        <button key={code} type="button" autoFocus={index === 0} onClick={() => onGive(item.code, notAssessable(code))}>
          <kbd>{index + 1}</kbd> {label}
        </button>
      ))}
      <p className={classes.escape}><kbd>Esc</kbd> back</p>
    </div>
  );
}
