import type { Adjudication, DecisionReason, Dispute } from "@/api/types";
import type { Action } from "@/lib/actions";
import { type Draft, give, take } from "./decisions";
import { REASONS, gradesOf, placeOf } from "./words";

type Ask = Pick<Action, "name" | "keys" | "label" | "perform">;

const among = (group: Action["group"], enabled: boolean, asks: Ask[]): Action[] => asks.map((ask) => ({ ...ask, group, enabled }));

interface Deciding {
  adjudication: Adjudication;
  dispute: Dispute;
  draft: Draft;
  /** The list of reasons why there is no grade is open: digits choose from it. */
  isListOpen: boolean;
  onChange: (draft: Draft) => void;
  onList: () => void;
  onComment: () => void;
}

/** Everything that decides the current dispute. Digits mean grades, never "option 1 or 2". */
export function decidingActions({ adjudication, dispute, draft, isListOpen, onChange, onList, onComment }: Deciding): Action[] {
  const { instrument } = adjudication;
  const grades = gradesOf(placeOf(instrument, dispute.item));
  const notAssessable = (code: string): void => onChange(give(draft, dispute, { grade: null, not_assessable: code }));
  const fromList = instrument.not_assessable_reasons.map(({ code, label }, index) => ({
    name: `not-assessable-${code}`, keys: isListOpen ? [`Digit${index + 1}`] : [], label: `Not assessable: ${label}`, perform: () => notAssessable(code),
  }));
  const byGrade = grades.map(({ value, label }) => ({
    name: `grade-${value}`, keys: [`Digit${value}`], label: `Grade ${value}: ${label}`,
    perform: () => onChange(give(draft, dispute, { grade: value, not_assessable: "" })),
  }));
  const byReason = REASONS.map(({ code, label, key }) => ({
    name: reasonName(code), keys: [key], label: `Reason: ${label}`, perform: () => onChange({ ...draft, reason: code }),
  }));
  return among("Scoring", !adjudication.signature, [
    ...fromList,
    { name: "take-left", keys: ["ArrowLeft"], label: "Take the left value", perform: () => onChange(take(draft, "left")) },
    { name: "take-right", keys: ["ArrowRight"], label: "Take the right value", perform: () => onChange(take(draft, "right")) },
    ...byGrade,
    { name: "not-assessable", keys: ["KeyX"], label: "Not assessable, then a digit for why", perform: onList },
    ...byReason,
    { name: "comment", keys: ["KeyY"], label: "Write a comment", perform: onComment },
  ]);
}

export const reasonName = (code: DecisionReason) => `reason-${code}`;

interface Moving {
  isSigned: boolean;
  onMove: (by: number) => void;
  onNextOpen: () => void;
  onSign: () => void;
  onHelp: () => void;
}

export function movingActions({ isSigned, onMove, onNextOpen, onSign, onHelp }: Moving): Action[] {
  const always = among("Reading", true, [
    { name: "next", keys: ["KeyJ"], label: "Next dispute", perform: () => onMove(1) },
    { name: "previous", keys: ["KeyK"], label: "Previous dispute", perform: () => onMove(-1) },
    { name: "help", keys: ["?"], label: "This list of keys", perform: onHelp },
  ]);
  const open = among("Reading", !isSigned, [
    { name: "next-open", keys: ["KeyN"], label: "Next undecided dispute", perform: onNextOpen },
    { name: "sign", keys: ["Mod+Enter"], label: "Review and sign", perform: onSign },
  ]);
  return [...open, ...always];
}

const SHIFTED: Record<string, string> = { ArrowLeft: "Shift+ArrowLeft", ArrowRight: "Shift+ArrowRight" };

/** Here the bare arrows take a side's value, so the panes are chosen with Shift. */
export function besideDeciding(actions: Action[]): Action[] {
  return actions.map((action) => ({ ...action, keys: action.keys.map((key) => SHIFTED[key] ?? key) }));
}
