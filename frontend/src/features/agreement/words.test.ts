import { expect, test } from "vitest";
import { item } from "./agreement.fixture";
import { axesOf, pooled, regionNamer } from "./words";
import { tabOf } from "./tabs";

test("pairs are counted over graded sites; flags are no part of a score", () => {
  const items = [item({ table: [[20, 1, 0, 0], [0, 5, 0, 0], [0, 0, 3, 0], [0, 0, 0, 1]] }), item({ table: [[10, 0], [5, 15]], kind: "flag" })];
  expect(pooled(items)).toEqual({ equal: 29, n: 30 });
  expect(pooled([])).toEqual({ equal: 0, n: 0 });
});

test("a region has its name also where a single site makes it", () => {
  const nameOf = regionNamer({ regions: [{ code: "VB", label: "Vertebral bodies" }], subtotals: [{ code: "AA", label: "Atlantoaxial" }] } as unknown as Parameters<typeof regionNamer>[0]);
  expect(["VB", "AA", "XX"].map(nameOf)).toEqual(["Vertebral bodies", "Atlantoaxial", "XX"]);
});

test("only the same two readers throughout give a table its names", () => {
  const pairs = [{ readers: ["R1", "R3"], n_cases: 40, statistics: {} }];
  expect(axesOf({ design: { kind: "crossed", sentence: "" }, pairs })).toEqual(["R1", "R3"]);
  expect(axesOf({ design: { kind: "pool", sentence: "" }, pairs })).toEqual(["Lower grade", "higher grade"]);
});

test("an unknown tab in the URL is the first", () => {
  expect([tabOf(null), tabOf("totals"), tabOf("toString")]).toEqual(["overview", "totals", "overview"]);
});
