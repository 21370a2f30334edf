import { expect, test } from "vitest";
import { roved } from "./roving";

const tops = [0, 0, 0, 100, 100, 100, 200];

test("left and right lead to the neighbours, up and down to the rows", () => {
  expect(roved("ArrowRight", 0, tops)).toBe(1);
  expect(roved("ArrowLeft", 3, tops)).toBe(2);
  expect(roved("ArrowDown", 1, tops)).toBe(4);
  expect(roved("ArrowUp", 6, tops)).toBe(3);
});

test("Home and End lead to the ends", () => {
  expect([roved("Home", 4, tops), roved("End", 4, tops)]).toEqual([0, 6]);
});

test("past the ends, and with any other key, the page does what it always does", () => {
  expect([roved("ArrowUp", 1, tops), roved("ArrowDown", 6, tops), roved("KeyA", 1, tops)]).toEqual([null, null, null]);
});
