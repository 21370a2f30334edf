import { expect, test } from "vitest";
import type { Case, CaseFacts } from "@/api/types";
import { factsOf, filterOf, matching } from "./words";

const cases = [
  { code: "k3v9", subject: "RA-017", state: "ready", open_queries: 0 },
  { code: "m2x8", subject: "RA-018", state: "to_check", open_queries: 1 },
] as Case[];
const codes = (found: Case[]) => found.map((one) => one.code);

test("cases are found by state and by a part of the subject or code", () => {
  expect(codes(matching(cases, "ready"))).toEqual(["k3v9"]);
  expect(codes(matching(cases, "all", " ra-018 "))).toEqual(["m2x8"]);
  expect(codes(matching(cases, "all", "K3V"))).toEqual(["k3v9"]);
});

test("cases are found by what is still asked of their centre", () => {
  expect(codes(matching(cases, "queries"))).toEqual(["m2x8"]);
});

test("an address that names no filter shows all", () => {
  expect([filterOf("to_check"), filterOf("nonsense"), filterOf(null)]).toEqual(["to_check", "all", "all"]);
});

const unknown: CaseFacts = { case: "k3v9", subject: "RA-017", age_years: null, sex: "", days_from_baseline: null, centre: null, vendor: "", field_strength_t: null } as CaseFacts;

test("the facts of an exam are told in one line, and what is not known is left out", () => {
  expect(factsOf(unknown)).toBe("");
  expect(factsOf({ ...unknown, age_years: 54, sex: "F", days_from_baseline: 182, centre: "Centre B", vendor: "Siemens", field_strength_t: 1.5 } as CaseFacts)).toBe(
    "54 years · female · day 182 · Centre B · Siemens 1.5 T",
  );
});

test("an age of 90 stands for every age above, and day 0 is the baseline", () => {
  expect(factsOf({ ...unknown, age_years: 90, days_from_baseline: 0 })).toBe("90 years or more · baseline");
});
