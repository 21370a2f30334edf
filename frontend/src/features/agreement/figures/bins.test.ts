import { expect, test } from "vitest";
import { binsOf, radiusOf } from "./bins";

const dot = (x: number, y: number, code: string) => ({ x, y, case: code });

test("cases at one place are one mark that knows them all, and the fullest comes first", () => {
  const bins = binsOf([dot(1, 0, "a"), dot(0, 0, "b"), dot(0, 0, "c"), dot(0, -0, "d")]);
  expect(bins).toEqual([{ x: 0, y: 0, cases: ["b", "c", "d"] }, { x: 1, y: 0, cases: ["a"] }]);
});

test("the area tells the number, up to a largest mark", () => {
  const radius = (n: number) => radiusOf({ x: 0, y: 0, cases: Array.from({ length: n }, String) });
  expect([radius(1), radius(4), radius(100)]).toEqual([4, 8, 16]);
});
