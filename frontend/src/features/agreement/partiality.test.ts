import { expect, test } from "vitest";
import { statistic } from "./agreement.fixture";
import { besidesOf, preferenceOf, whoIs } from "./partiality";

test.each([
  ["side", "left", "right", "Left rather than right"],
  ["severity", "higher", "lower", "Higher rather than lower grade"],
  ["reader", "R1", "R2", "R1 rather than R2"],
] as const)("a preference by %s is told in words", (about, toward, away, told) => {
  expect(preferenceOf({ about, toward, away })).toBe(told);
});

test("an adjudicator has a number and, to who may see the page, a name", () => {
  const people = [{ name: "ADJ1", full_name: "Clara Conti" }];
  expect(whoIs({ adjudicator: "ADJ1" }, people)).toBe("ADJ1, Clara Conti");
  expect(whoIs({ adjudicator: "All" }, people)).toBe("All");
});

test("answers of their own and agreed items are counted apart", () => {
  expect(besidesOf({ n_decisions: 1, n_other: 0, overruled: null })).toBe("1 decision.");
  const overruled = statistic({ n: 12, counts: { yes: 1, no: 11 } });
  expect(besidesOf({ n_decisions: 40, n_other: 3, overruled })).toBe("40 decisions, 3 with an answer that neither reading gave. Agreed items overruled: 1 of 12.");
});
