import { expect, test } from "vitest";
import { axisOf, inside, spread, stepOf } from "./scale";

test("ticks are steps of 1, 2 or 5", () => {
  expect([stepOf([0, 6]), stepOf([0, 11]), stepOf([0, 24]), stepOf([0, 57]), stepOf([-0.4, 1])]).toEqual([1, 2, 5, 10, 0.5]);
});

test("an axis begins and ends on a tick and holds every value", () => {
  const { ends, ticks, at } = axisOf([-3.2, 0, 7.1], [100, 0]);
  expect(ends).toEqual([-4, 8]);
  expect(ticks).toEqual([-4, -2, 0, 2, 4, 6, 8]);
  expect([at(-4), at(2), at(8)]).toEqual([100, 50, 0]);
});

test("a tick is a round number, also of tenths", () => {
  expect(axisOf([-0.2, 1], [0, 1]).ticks).toEqual([-0.2, 0, 0.2, 0.4, 0.6, 0.8, 1]);
});

test("one value alone still has an axis", () => {
  expect(axisOf([0, 0], [0, 10]).ends).toEqual([-1, 1]);
});

test("values keep away from the frame, whichever way an axis runs", () => {
  expect([inside([0, 100], 10), inside([100, 0], 10)]).toEqual([[10, 90], [90, 10]]);
});

test("labels that would overlap are moved apart, in their order", () => {
  expect(spread([50, 10, 52], 14)).toEqual([50, 10, 64]);
  expect(spread([10, 10, 10], 5)).toEqual([10, 15, 20]);
});
