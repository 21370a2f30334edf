import { expect, test } from "vitest";
import type { Statistic } from "@/api/types";
import { statistic } from "./agreement.fixture";
import { columnsOf, methodsOf } from "./names";

const rows: { statistics: Record<string, Statistic> }[] = [
  { statistics: { ac: statistic({ method: "AC2" }), percent: statistic({ method: "Wilson" }) } },
  { statistics: { percent: statistic({ method: "Wilson" }), kappa: statistic({ method: "unweighted" }), kappa_max: statistic({ name: "maximal kappa" }) } },
];

test("columns are those that a row fills, in the order of a paper; an unknown one goes by its own name", () => {
  expect(columnsOf(rows).map(({ label }) => label)).toEqual(["Agreement", "Kappa", "Gwet AC", "maximal kappa"]);
});

test("no rows, no columns", () => {
  expect(columnsOf([])).toEqual([]);
});

test("a method is told once for all rows that share it", () => {
  expect(methodsOf(rows, columnsOf(rows).slice(0, 3))).toEqual([
    { label: "Agreement", method: "Wilson" }, { label: "Kappa", method: "unweighted" }, { label: "Gwet AC", method: "AC2" },
  ]);
});
