import { expect, test } from "vitest";
import { item, statistic } from "../agreement.fixture";
import { forestOf, LINE, marksOf } from "./forest";

const kappa = statistic({});
const below = statistic({ estimate: -0.05, low: -0.2, high: 0.1 });
const items = [
  item({ code: "AA_C1C2", region: "AA", statistics: { kappa } }),
  item({ code: "VB_C2", statistics: { ac: kappa, kappa: below } }),
  item({ code: "VB_C3", statistics: { percent: kappa } }),
];
const forest = forestOf(items, (region) => `region ${region}`);

test("each region has its name above its sites, and air below", () => {
  expect(forest.heads).toEqual([{ code: "AA", label: "region AA", y: 0 }, { code: "VB", label: "region VB", y: 2 * LINE + 8 }]);
  expect(forest.rows.map(({ y }) => y)).toEqual([LINE, 3 * LINE + 8, 4 * LINE + 8]);
  expect(forest.height).toBe(5 * LINE + 8);
});

test("kappa comes before AC, and what the design does not give is not drawn", () => {
  expect(marksOf(items[1] as (typeof items)[1]).map(({ key }) => key)).toEqual(["kappa", "ac"]);
  expect(forest.rows[2]?.marks).toEqual([]);
});

test("the axis reaches from below the lowest interval to 1", () => {
  expect([Math.min(...forest.reach), Math.max(...forest.reach)]).toEqual([-0.2, 1]);
});

test("nothing gives an empty forest", () => {
  expect(forestOf([], String)).toEqual({ heads: [], rows: [], height: 0, reach: [0, 1] });
});
