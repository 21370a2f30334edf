/** What a reader is told of practice, and in which order the lists stand. Pure. */
import type { PracticeStanding, WorklistStudy } from "@/api/types";
import { count, formatTime } from "@/lib/format";
import { signedOf } from "./next";

export function needsPractice({ practice }: Pick<WorklistStudy, "practice">): boolean {
  return practice !== null && !practice.is_qualified;
}

const isDone = ({ readings }: WorklistStudy): boolean => signedOf(readings) === readings.length;

/** Practice that waits stands first, then the studies, then practice that is over. */
export function inOrder(lists: WorklistStudy[]): WorklistStudy[] {
  const rank = (list: WorklistStudy): number => (list.study.is_practice ? (isDone(list) ? 2 : 0) : 1);
  return [...lists].sort((one, other) => rank(one) - rank(other));
}

/** "1 of 3 cases"; the latest ones count, so it never is more than are needed. */
export function casesWords({ n_cases, cases_needed }: PracticeStanding): string {
  return `${Math.min(n_cases, cases_needed)} of ${count(cases_needed, "case")}`;
}

export function kappaWords({ kappa, target }: PracticeStanding): string {
  return kappa === null ? `not known yet, ${target.toFixed(2)} is needed` : `${kappa.toFixed(2)}, ${target.toFixed(2)} is needed`;
}

/** What to do next, in a sentence. */
export function practiceAdvice({ n_cases, cases_needed, kappa, target, is_open }: PracticeStanding): string {
  if (is_open) return "Your practice cases are in the list below. The first answer to each site counts.";
  if (n_cases === 0) return "You read a few cases whose reference is known, and see it beside your answer site by site. The study's own cases come into your list once you reach the target.";
  if (n_cases >= cases_needed && kappa !== null && kappa < target) return `Another round brings fresh cases to count: the latest ${cases_needed} do. Look at the sites that differed first, in the list below.`;
  return "A few more practice cases are needed.";
}

export function actionOf({ n_cases }: PracticeStanding): string {
  return n_cases === 0 ? "Start practice" : "Practise again";
}

/** A practice set's list says what it is; its own title may say so already. */
export function titleOf({ title, is_practice }: WorklistStudy["study"]): string {
  return is_practice && !/^practice/i.test(title) ? `Practice: ${title}` : title;
}

/** What is said under the list of a study. The second part is the reader's own matter: nothing else opens it. */
export function notesOf({ practice, opens_next }: Pick<WorklistStudy, "practice" | "opens_next">): string[] {
  return [
    opens_next && `The second part of your list opens on ${formatTime(opens_next)}.`,
    practice?.is_qualified && "You have reached the practice target of this study.",
  ].filter((note): note is string => Boolean(note));
}
