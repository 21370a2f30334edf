/** What stands between a case and its readers: the rules of the two buttons. The server holds to the same ones. */
import type { Case, CaseCheck, CentreQuery, Finding, Question } from "@/api/types";
import type { CaseCode } from "@/lib/brand";
import { count } from "@/lib/format";

/** Names of the questions that the person has answered. */
export type Ticked = ReadonlySet<string>;

export function isOpen(query: CentreQuery): boolean {
  return query.state !== "closed";
}

export function unanswered(questions: Question[], ticked: Ticked): Question[] {
  return questions.filter(({ name }) => !ticked.has(name));
}

/** What a case that is not decided yet lacks to be accepted, each in a few words. */
export function obstacles(check: CaseCheck, ticked: Ticked): string[] {
  const open = check.queries.filter(isOpen).length;
  const left = unanswered(check.questions, ticked).length;
  return [
    check.state === "incomplete" ? "images are missing" : "",
    open > 0 ? `${count(open, "query", "queries")} to the centre ${open === 1 ? "is" : "are"} not closed` : "",
    left > 0 ? `${count(left, "question")} ${left === 1 ? "is" : "are"} not answered` : "",
  ].filter(Boolean);
}

/** Where the decision stands, in a sentence. */
export function standing(check: CaseCheck, inTheWay: string[]): string {
  if (check.state === "ready") return "Accepted: the case can be assigned to readers. Refusing it takes that back.";
  if (inTheWay.length > 0) return `Not yet acceptable: ${inTheWay.join(", ")}.`;
  return check.state === "refused" ? "Refused. After another look it can still be accepted." : "Accepted cases can be assigned to readers.";
}

export function answersOf(questions: Question[], ticked: Ticked): Record<string, true> {
  return Object.fromEntries(questions.filter(({ name }) => ticked.has(name)).map(({ name }) => [name, true as const]));
}

const URGENCY: Finding["state"][] = ["missing", "question", "pass"];

/** What is missing first, then what is asked, then what is as it should be. */
export function inOrder(findings: Finding[]): Finding[] {
  return [...findings].sort((a, b) => URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state));
}

/** The next case that waits to be checked, after this one in the list and around its end; and how many wait beside it. */
export function nextToCheck(cases: Case[], code: CaseCode): { next: CaseCode | null; left: number } {
  const at = cases.findIndex((one) => one.code === code);
  const waiting = [...cases.slice(at + 1), ...cases.slice(0, Math.max(0, at))].filter((one) => one.state === "to_check");
  return { next: waiting[0]?.code ?? null, left: waiting.length };
}
