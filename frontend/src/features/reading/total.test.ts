import { expect, test } from "vitest";
import type { InstrumentSum } from "@/api/types";
import { type Answers, graded, notAssessable } from "./draft";
import { instrument } from "./instrument.fixture";
import { totalOf, totalText } from "./total";

const [total, bodies] = instrument.sums as [InstrumentSum, InstrumentSum];
const sites = instrument.regions.filter((region) => region.scored).flatMap((region) => region.items.map((item) => item.code));
const all = (grade: number): Answers => Object.fromEntries(sites.map((item) => [item, graded(grade)]));
const without = (n: number): Answers => ({ ...all(3), ...Object.fromEntries(sites.slice(0, n).map((item) => [item, notAssessable("artefact")])) });
const textOf = (answers: Answers) => totalText(total, totalOf(instrument, total, answers));

test("19 sites of grade 3 make 57", () => {
  expect(textOf(all(3))).toBe("57 of 57");
});

test("flags of degenerative change do not count", () => {
  expect(textOf({ ...all(0), DG_C2C3: graded(1) })).toBe("0 of 57");
});

test("up to three sites may be not assessable, and it is said", () => {
  expect(textOf(without(3))).toBe("48 of 57, 16 of 19 sites scored");
});

test("a fourth one makes the total not computable", () => {
  expect(textOf(without(4))).toBe("not computable: 15 of 19 sites scored, observed sum 45");
});

test("blank sites are not zeros: the sum is one so far", () => {
  expect(textOf({ VB_C4: graded(2) })).toBe("2 of 57 so far, 1 of 19 sites scored");
});

test("a sum of some regions counts only them", () => {
  const answers = { ...all(1), FJ_C2C3: graded(3) };
  expect(totalText(bodies, totalOf(instrument, bodies, answers))).toBe("6 of 18");
});
