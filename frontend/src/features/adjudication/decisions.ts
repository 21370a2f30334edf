import type { Decision, DecisionChoice, DecisionInput, DecisionReason, Dispute } from "@/api/types";
import type { ItemCode } from "@/lib/brand";

/** What stands on one side, or is given instead: a grade, or a reason why there is none. */
export interface Value {
  grade: number | null;
  not_assessable: string;
}

export type Side = "left" | "right";

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

export function isSame(one: Draft, other: Draft): boolean {
  return equals(one, other) && one.choice === other.choice && one.reason === other.reason && one.comment === other.comment;
}

export function take(draft: Draft, side: Side): Draft {
  return { ...draft, choice: side, grade: null, not_assessable: "" };
}

/** A value that one of the sides already has is that side's choice: "other" always means a third value. */
export function give(draft: Draft, dispute: Dispute, value: Value): Draft {
  if (equals(value, dispute.left)) return take(draft, "left");
  if (equals(value, dispute.right)) return take(draft, "right");
  return { ...draft, choice: "other", grade: value.grade, not_assessable: value.not_assessable };
}

/** The value a draft stands for, whichever way it was chosen. */
export function valueOf(draft: Draft, dispute: Dispute): Value | null {
  if (draft.choice === null) return null;
  return draft.choice === "left" || draft.choice === "right" ? dispute[draft.choice] : { grade: draft.grade, not_assessable: draft.not_assessable };
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

/** How far the sides are apart, in grades; null when a side has no grade. */
export function gapOf({ left, right }: Pick<Dispute, "left" | "right">): number | null {
  return left.grade === null || right.grade === null ? null : Math.abs(left.grade - right.grade);
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
