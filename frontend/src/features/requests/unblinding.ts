import type { Unblinding, UnblindingInput } from "@/api/types";

type Told = "who" | "what" | "why" | "impact";

/** What a record of an unblinding says, in the order in which it is told. */
export const QUESTIONS: { name: Told; label: string; hint: string; most: number }[] = [
  { name: "who", label: "Who learned something", hint: "By name, and in which role.", most: 200 },
  { name: "what", label: "What they learned", hint: "Such as a hospital, a time point, or what another reader saw. Not the value itself.", most: 1000 },
  { name: "why", label: "How it came about, or why it was planned", hint: "What happened, as far as it is known.", most: 1000 },
  { name: "impact", label: "What it means for the data", hint: "Which readings it touches, and what is done about them. “None” needs a reason, too.", most: 1000 },
];

/** A day in the person's own calendar, as a date field wants it: "2026-11-03". */
export function dayOf(moment: Date): string {
  const pad = (part: number) => String(part).padStart(2, "0");
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
}

export function blank(now: Date): UnblindingInput {
  return { who: "", what: "", why: "", impact: "", is_planned: false, happened_on: dayOf(now) };
}

export function isComplete(told: UnblindingInput): boolean {
  return told.happened_on !== "" && QUESTIONS.every(({ name }) => told[name].trim() !== "");
}

/** The latest to happen first. */
export function inOrder(records: Unblinding[]): Unblinding[] {
  return [...records].sort((one, other) => other.happened_on.localeCompare(one.happened_on) || other.recorded_at.localeCompare(one.recorded_at));
}
