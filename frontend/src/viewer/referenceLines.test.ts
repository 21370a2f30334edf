import { expect, it } from "vitest";
import type { Vector } from "@/api/types";
import type { Hung } from "./geometry";
import { referenceLine } from "./referenceLines";

/** A sagittal slice at x = 0 and an axial one at z = 5, both 100 mm wide around the origin. */
const sagittal: Hung = { rows: 100, columns: 100, rowSpacing: 1, columnSpacing: 1, rowDirection: [0, 1, 0], columnDirection: [0, 0, -1], position: [0, -49.5, 49.5] };
const axial: Hung = { rows: 100, columns: 100, rowSpacing: 1, columnSpacing: 1, rowDirection: [1, 0, 0], columnDirection: [0, 1, 0], position: [-49.5, -49.5, 5] };
const view = { centre: [0, 0, 0] as Vector, mmPerPixel: 0.5 };

const rounded = (line: ReturnType<typeof referenceLine>) => line?.map(({ x, y }) => [Math.round(x * 1e6) / 1e6 + 0, Math.round(y * 1e6) / 1e6 + 0]).sort((a, b) => (a[0] as number) - (b[0] as number));

it("an axial slice is a horizontal line on a sagittal one, at its height and as long as the slice", () => {
  expect(rounded(referenceLine(axial, sagittal, view, [0, 0]))).toEqual([[-100, -10], [100, -10]]);
});

it("a sagittal slice is a vertical line on an axial one", () => {
  expect(referenceLine(sagittal, axial, view, [0, 0])?.map(({ x }) => Math.round(x))).toEqual([0, 0]);
});

it("follows zoom and pan", () => {
  expect(rounded(referenceLine(axial, sagittal, { centre: [0, 10, 5], mmPerPixel: 1 }, [0, 0]))).toEqual([[-60, 0], [40, 0]]);
});

it("a slanted axial slice is a slanted line", () => {
  const tilted: Hung = { ...axial, columnDirection: [0, 0.8, -0.6], position: [-49.5, -39.6, 29.7] };
  const [[, left], [, right]] = rounded(referenceLine(tilted, sagittal, view, [0, 0])) as [[number, number], [number, number]];
  expect(right - left).toBeCloseTo(120);
});

it("ends where the image ends, though the other slice goes on", () => {
  const wide: Hung = { ...axial, columns: 300, rows: 300, position: [-149.5, -149.5, 5] };
  expect(rounded(referenceLine(wide, sagittal, view, [0, 0]))).toEqual([[-100, -10], [100, -10]]);
  expect(referenceLine({ ...wide, position: [-149.5, -149.5, 60] }, sagittal, view, [0, 0])).toBeNull();
});

it("a slice beside the other, or nearly along it, has no line", () => {
  expect(referenceLine({ ...axial, position: [60, -49.5, 5] }, sagittal, view, [0, 0])).toBeNull();
  expect(referenceLine({ ...sagittal, position: [4, -49.5, 49.5] }, sagittal, view, [0, 0])).toBeNull();
});
