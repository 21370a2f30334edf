import type { Decision, DecisionChoice, DecisionInput, DecisionReason, Dispute } from "@/api/types";
import type { ItemCode } from "@/lib/brand";

/** What stands on one side, or is given instead: a grade, or a reason why there is none. */
export interface Value {
  grade: number | null;
  not_assessable: string;
}

export type Side = "left" | "right";
export type Given = Side | "own";

/** A decision on its way: saved as soon as it has both a choice and a reason. */
export interface Draft extends Value {
  choice: DecisionChoice | null;
  reason: DecisionReason | null;
  comment: string;
}

export const BLANK: Draft = { choice: null, grade: null, not_assessable: "", reason: null, comment: "" };

/** The server tells the value behind every choice; a draft keeps it only where the choice does not say it. */
export function draftOf(decision: Decision | null): Draft {
  if (!decision) return BLANK;
  return decision.choice === "other" ? { ...decision } : { ...decision, grade: null, not_assessable: "" };
}

function equals(one: Value, other: Value): boolean {
  return one.grade === other.grade && one.not_assessable === other.not_assessable;
}

export function isSameValue(one: Value | null, other: Value | null): boolean {
  return one === other || (one !== null && other !== null && equals(one, other));
}

export function isSame(one: Draft, other: Draft): boolean {
  return equals(one, other) && one.choice === other.choice && one.reason === other.reason && one.comment === other.comment;
}

export function take(draft: Draft, choice: Given): Draft {
  return { ...draft, choice, grade: null, not_assessable: "" };
}

/** A value that somebody already gave is that one's choice: "other" always means a further value. */
export function give(draft: Draft, dispute: Dispute, value: Value): Draft {
  const same = GIVEN.find((choice) => isSameValue(givenAs(dispute, choice), value));
  return same ? take(draft, same) : { ...draft, choice: "other", grade: value.grade, not_assessable: value.not_assessable };
}

/** Whether neither reader gave it, nor the adjudicator before. */
export function isNew(dispute: Dispute, value: Value): boolean {
  return !GIVEN.some((choice) => isSameValue(givenAs(dispute, choice), value));
}

const GIVEN: Given[] = ["left", "right", "own"];

/** What is known of a side, or of the own answer. */
export function givenAs(dispute: Dispute, choice: Given): Value | null {
  return choice === "own" ? dispute.own_answer : dispute[choice];
}

/** The value a draft stands for, whichever way it was chosen. */
export function valueOf(draft: Draft, dispute: Dispute): Value | null {
  if (draft.choice === null) return null;
  return draft.choice === "other" ? { grade: draft.grade, not_assessable: draft.not_assessable } : givenAs(dispute, draft.choice);
}

/** What can be sent: null while the value or the reason is missing. */
export function inputOf({ choice, reason, ...rest }: Draft): DecisionInput | null {
  return choice === null || reason === null ? null : { ...rest, choice, reason };
}

/** What keeps a draft from being a decision, in words. */
export function lacking(draft: Draft): string {
  const missing = [draft.choice === null ? "a value" : "", draft.reason === null ? "a reason" : ""].filter(Boolean);
  return missing.length > 0 ? `Choose ${missing.join(" and ")}` : "";
}

/** Decided means that the server has it, and that nothing was changed since. */
export function isDecided(dispute: Dispute, draft: Draft): boolean {
  return dispute.decision !== null && isSame(draftOf(dispute.decision), draft);
}

/** How far the sides are apart, in grades; null when a side has no grade, or is not shown. */
export function gapOf({ left, right }: Pick<Dispute, "left" | "right">): number | null {
  if (left === null || right === null || left.grade === null || right.grade === null) return null;
  return Math.abs(left.grade - right.grade);
}

/** The dispute `by` places on, round the ends. */
export function neighbour(order: ItemCode[], from: ItemCode, by: number): ItemCode {
  const index = order.indexOf(from) + by;
  return order[(index + order.length) % order.length] ?? from;
}

/** The next open dispute after `from`, round the end; `from` itself when it is the only one. */
export function nextOpen(order: ItemCode[], from: ItemCode, isOpen: (item: ItemCode) => boolean): ItemCode | undefined {
  const start = order.indexOf(from) + 1;
  return [...order.slice(start), ...order.slice(0, start)].find(isOpen);
}
