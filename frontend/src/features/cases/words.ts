import { CASE_STATES } from "@/api/cases";
import type { Case, CaseFacts, CaseState } from "@/api/types";
import { count } from "@/lib/format";

export type Filter = CaseState | "all" | "queries";

export const FILTERS: Record<Filter, string> = {
  all: "All",
  incomplete: CASE_STATES.incomplete.label,
  to_check: CASE_STATES.to_check.label,
  ready: CASE_STATES.ready.label,
  refused: CASE_STATES.refused.label,
  allotted: CASE_STATES.allotted.label,
  queries: "With open queries",
};

/** What the address bar says, if it is a filter. */
export function filterOf(text: string | null): Filter {
  return text !== null && text in FILTERS ? (text as Filter) : "all";
}

function keeps(filter: Filter, one: Case): boolean {
  if (filter === "queries") return one.open_queries > 0;
  return filter === "all" || one.state === filter;
}

/** Cases of one filter whose subject or code holds the text. */
export function matching(cases: Case[], filter: Filter, text = ""): Case[] {
  const wanted = text.trim().toLowerCase();
  return cases.filter((one) => keeps(filter, one) && `${one.subject} ${one.code}`.toLowerCase().includes(wanted));
}

const SEX: Record<string, string> = { F: "female", M: "male", O: "other sex" };
const AGE_CAP = 90; // stands for itself and every age above

/** "54 years · female · day 182 · Centre B · Siemens 1.5 T": what is known of an exam, and only that. */
export function factsOf(facts: CaseFacts): string {
  const { age_years: age, sex, days_from_baseline: days, centre, vendor, field_strength_t: field } = facts;
  const scanner = [vendor === "other" ? "other make" : vendor, field === null ? "" : `${field} T`].filter(Boolean).join(" ");
  return [
    age === null ? "" : age >= AGE_CAP ? `${AGE_CAP} years or more` : count(age, "year"),
    SEX[sex] ?? "",
    days === null ? "" : days === 0 ? "baseline" : `day ${days}`,
    centre ?? "",
    scanner,
  ].filter(Boolean).join(" · ");
}
