import { expect, it } from "vitest";
import type { Vector } from "@/api/types";
import type { Hung } from "./geometry";
import { type Size, pointAt } from "./place";
import { panned, zoomed, zoomedAt } from "./views";

const hung: Hung = { rows: 100, columns: 100, rowSpacing: 1, columnSpacing: 1, rowDirection: [0, 1, 0], columnDirection: [0, 0, -1], position: [0, -49.5, 49.5] };
const SIZE: Size = [200, 200];
const view = { centre: [0, 0, 0] as Vector, mmPerPixel: 0.5 };

it("what lies between two fingers stays between them while they part", () => {
  const spot = { x: 150, y: 40 };
  const under = pointAt(spot, hung, view, SIZE);
  const nearer = zoomedAt(view, hung, SIZE, spot, 2);
  expect(nearer.mmPerPixel).toBe(0.25);
  pointAt(spot, hung, nearer, SIZE).forEach((value, axis) => expect(value).toBeCloseTo(under[axis] as number));
});

it("the image follows the hand", () => {
  expect(panned(view, hung, 20, 10).centre).toEqual([0, -10, 5]);
});

it("zooming ends somewhere", () => {
  expect(zoomed(view, 100).mmPerPixel).toBe(0.02);
  expect(zoomed(view, -100).mmPerPixel).toBe(5);
});
