/** Practice: what the reference says of a site, once the first answer to it has arrived. Live readings have none of it. Pure. */
import type { Feedback, Instrument, PracticeStanding } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { count } from "@/lib/format";
import { regionOf } from "./draft";
import type { Spot } from "./places";
import { answerWords } from "./words";

export interface Verdict {
  isEqual: boolean;
  /** The reference: a grade, or null where the site cannot be assessed. */
  grade: number | null;
  words: string;
  /** The same where there is room for one line. */
  brief: string;
}

export type Verdicts = ReadonlyMap<ItemCode, Verdict>;

/** Null outside practice. */
export function verdictsOf(instrument: Instrument, feedback: Feedback[] | null): Verdicts | null {
  return feedback && new Map(feedback.map((one) => [one.item, { isEqual: one.is_equal, grade: one.grade, words: verdictWords(instrument, one), brief: briefWords(instrument, one) }]));
}

/** "equal to the reference"; "different: the reference is 2 (…), the first answer was 1". */
export function verdictWords(instrument: Instrument, { item, grade, not_assessable, first_grade, is_equal }: Feedback): string {
  if (is_equal) return "equal to the reference";
  const label = regionOf(instrument, item)?.grades.find(({ value }) => value === grade)?.label;
  const reference = answerWords(instrument, { grade, not_assessable }) + (label && label !== String(grade) ? ` (${label.toLowerCase()})` : "");
  return `different: the reference is ${reference}, the first answer was ${first_grade ?? "not assessable"}`;
}

function briefWords(instrument: Instrument, { grade, not_assessable, first_grade, is_equal }: Feedback): string {
  if (is_equal) return "equal to the reference";
  return `reference ${answerWords(instrument, { grade, not_assessable })}, first answer ${first_grade ?? "not assessable"}`;
}

/** "7 of 9 sites equal". */
export function tallyWords(verdicts: Verdicts): string {
  const all = [...verdicts.values()];
  return `${all.filter(({ isEqual }) => isEqual).length} of ${count(all.length, "site")} equal`;
}

/** The site a reader looks at, or else the one answered last: what was just said is what one wants to know about. */
export function toldOf(verdicts: Verdicts, current: ItemCode, answeredLast: ItemCode | undefined): ItemCode | undefined {
  return [current, answeredLast].find((item) => item !== undefined && verdicts.has(item));
}

/** A place of the diagram as a whole: different where anything asked there is, equal where all that is answered is. */
export function verdictAt({ items }: Pick<Spot, "items">, verdicts: Verdicts | null): "equal" | "different" | undefined {
  const found = items.flatMap(({ code }) => verdicts?.get(code) ?? []);
  if (found.length === 0) return undefined;
  return found.every(({ isEqual }) => isEqual) ? "equal" : "different";
}

/** Where a reader stands after a practice reading. */
export function standingWords(title: string, { n_cases, cases_needed, kappa, target, is_qualified }: PracticeStanding): string {
  if (is_qualified) return `${title}: the target is reached, and its cases are in your list.`;
  const agreement = kappa === null ? "the agreement cannot be told yet" : `kappa ${kappa.toFixed(2)} with the reference, ${target.toFixed(2)} is needed`;
  return `${title}: ${Math.min(n_cases, cases_needed)} of ${count(cases_needed, "practice case")} counted, ${agreement}.`;
}
