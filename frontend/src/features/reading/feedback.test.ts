import { expect, test } from "vitest";
import type { Feedback, PracticeStanding } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { standingWords, tallyWords, toldOf, verdictAt, verdictsOf, type Verdicts } from "./feedback";
import { instrument } from "./instrument.fixture";

const [C3, C4, C5, DG] = ["VB_C3", "VB_C4", "VB_C5", "DG_C2C3"] as ItemCode[] as [ItemCode, ItemCode, ItemCode, ItemCode];
const told = (item: ItemCode, grade: number | null, first_grade: number | null, not_assessable = ""): Feedback =>
  ({ item, grade, not_assessable, first_grade, is_equal: grade === first_grade });
const verdicts = verdictsOf(instrument, [told(C3, 0, 0), told(C4, 2, 1), told(C5, null, 1, "artefact"), told(DG, 1, null)]) as Verdicts;

test("a live reading has no verdicts", () => {
  expect(verdictsOf(instrument, null)).toBeNull();
});

test("each site is told in words, with the grade of the reference and the first answer", () => {
  expect([...verdicts.values()].map(({ words }) => words)).toEqual([
    "equal to the reference",
    "different: the reference is 2 (34-66 % of the site), the first answer was 1",
    "different: the reference is not assessable (artefact), the first answer was 1",
    "different: the reference is 1 (present), the first answer was not assessable",
  ]);
  expect(tallyWords(verdicts)).toBe("1 of 4 sites equal");
});

test("what is told about is the site one looks at, or the one that was answered last", () => {
  expect(toldOf(verdicts, C4, C3)).toBe(C4);
  expect(toldOf(verdicts, "VB_C6" as ItemCode, C3)).toBe(C3);
  expect(toldOf(verdicts, "VB_C6" as ItemCode, undefined)).toBeUndefined();
});

test("a place is different where anything asked there is", () => {
  const at = (...codes: ItemCode[]) => verdictAt({ items: codes.map((code) => ({ code })) as never }, verdicts);
  expect([at(C3), at(C3, C4), at("VB_C6" as ItemCode)]).toEqual(["equal", "different", undefined]);
  expect(verdictAt({ items: [] }, null)).toBeUndefined();
});

test("where a reader stands", () => {
  const standing: PracticeStanding = { study: "S" as PracticeStanding["study"], n_cases: 1, cases_needed: 3, kappa: 0.517, target: 0.6, n_equal: 20, n_items: 25, is_open: true, is_qualified: false };
  expect(standingWords("Neck", standing)).toBe("Neck: 1 of 3 practice cases counted, kappa 0.52 with the reference, 0.60 is needed.");
  expect(standingWords("Neck", { ...standing, kappa: null })).toBe("Neck: 1 of 3 practice cases counted, the agreement cannot be told yet.");
  expect(standingWords("Neck", { ...standing, is_qualified: true })).toBe("Neck: the target is reached, and its cases are in your list.");
});
