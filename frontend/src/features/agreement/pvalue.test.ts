import { expect, test } from "vitest";
import { tested } from "./agreement.fixture";
import { pOf, written } from "./pvalue";

test("a p has two decimals, more where they matter, and is never 0 or 1", () => {
  expect([0.694, 0.1, 0.0342, 0.001, 0.00099, 0, 0.999, 1].map(written)).toEqual([
    "p = 0.69", "p = 0.10", "p = 0.034", "p = 0.001", "p < 0.001", "p < 0.001", "p > 0.99", "p > 0.99",
  ]);
});

test("where there is no p, its sentence stands", () => {
  expect(pOf(tested(null, { status: "no_variation", sentence: "Nobody differs." }))).toEqual({ text: "Nobody differs.", isMuted: true });
  expect(pOf(tested(0.69))).toEqual({ text: "p = 0.69", isMuted: false });
});
