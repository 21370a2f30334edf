import type { Adjudication, DecisionReason, Dispute } from "@/api/types";
import type { Action } from "@/lib/actions";
import { type Draft, type Value, give, isNew, take } from "./decisions";
import { askedOf, isNeverShown } from "./modes";
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
  /** An own answer, before anything is shown. */
  onAnswer: (value: Value) => void;
  onReveal: () => void;
  /** A key that means nothing here, with a sentence that says why. */
  onRefuse: (sentence: string) => void;
  onList: () => void;
  onComment: () => void;
}

export const GIVEN_BY_NOBODY = "Neither reader gave this answer: in this study, take one that was given.";
const SIDE_FIRST = "Choose a side: it counts for every item.";

/** Everything that answers or decides the current item. Digits mean grades, never "option 1 or 2". */
export function decidingActions(deciding: Deciding): Action[] {
  const { adjudication, dispute } = deciding;
  const asked = askedOf(adjudication.mode, dispute);
  return among("Scoring", !adjudication.signature, [
    ...valueActions(deciding, givingOf(deciding)),
    ...(asked === "own" ? revealing(deciding) : choosing(deciding)),
  ]);
}

/** What a grade, or a reason for none, does with the item. */
function givingOf({ adjudication, dispute, draft, onChange, onAnswer, onRefuse }: Deciding): (value: Value) => void {
  const asked = askedOf(adjudication.mode, dispute);
  if (asked === "own") return onAnswer;
  if (asked === "whole") return () => onRefuse(SIDE_FIRST);
  return (value) => (!adjudication.may_give_other && isNew(dispute, value) ? onRefuse(GIVEN_BY_NOBODY) : onChange(give(draft, dispute, value)));
}

function valueActions({ adjudication: { instrument }, dispute, isListOpen, onList }: Deciding, onValue: (value: Value) => void): Ask[] {
  const fromList = instrument.not_assessable_reasons.map(({ code, label }, index) => ({
    name: `not-assessable-${code}`, keys: isListOpen ? [`Digit${index + 1}`] : [], label: `Not assessable: ${label}`,
    perform: () => onValue({ grade: null, not_assessable: code }),
  }));
  const byGrade = gradesOf(placeOf(instrument, dispute.item)).map(({ value, label }) => ({
    name: `grade-${value}`, keys: [`Digit${value}`], label: `Grade ${value}: ${label}`, perform: () => onValue({ grade: value, not_assessable: "" }),
  }));
  return [...fromList, ...byGrade, { name: "not-assessable", keys: ["KeyX"], label: "Not assessable, then a digit for why", perform: onList }];
}

/** Where the readings are shown afterwards, the answer is confirmed first: from then on it stays. */
function revealing({ adjudication: { mode }, onReveal }: Deciding): Ask[] {
  return isNeverShown(mode) ? [] : [{ name: "reveal", keys: ["Enter"], label: "Keep this answer and show both readings", perform: onReveal }];
}

function choosing({ dispute, draft, onChange, onComment }: Deciding): Ask[] {
  const byReason = REASONS.map(({ code, label, key }) => ({
    name: reasonName(code), keys: [key], label: `Reason: ${label}`, perform: () => onChange({ ...draft, reason: code }),
  }));
  const own = dispute.own_answer ? [{ name: "take-own", keys: ["KeyO"], label: "Take your own answer", perform: () => onChange(take(draft, "own")) }] : [];
  return [
    { name: "take-left", keys: ["ArrowLeft"], label: "Take the left value", perform: () => onChange(take(draft, "left")) },
    { name: "take-right", keys: ["ArrowRight"], label: "Take the right value", perform: () => onChange(take(draft, "right")) },
    ...own,
    ...byReason,
    { name: "comment", keys: ["KeyY"], label: "Write a comment", perform: onComment },
  ];
}

interface Evidence {
  hasPins: boolean;
  onBoth: () => void;
  onFlip: () => void;
}

/** The places that the two sides have pinned. */
export function evidenceActions({ hasPins, onBoth, onFlip }: Evidence): Action[] {
  return among("Images", hasPins, [
    { name: "pins", keys: ["KeyG"], label: "Both panes to the pins of their sides", perform: onBoth },
    { name: "flip", keys: ["KeyV"], label: "Exchange the left and the right evidence", perform: onFlip },
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
