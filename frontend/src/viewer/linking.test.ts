import { expect, it } from "vitest";
import type { Vector } from "@/api/types";
import { series } from "./images.fixture";
import { add, dot, scaled } from "./geometry";
import { type Stack, apart, follow, linkOf } from "./linking";
import { Series } from "./series";

const LEFT: Vector = [1, 0, 0];
const stack = (distances: number[], options: Partial<Stack> = {}): Stack => {
  const normal = options.normal ?? LEFT;
  return { plane: "sagittal", frame: 1, normal, distances, centres: distances.map((mm) => scaled(normal, mm)), ...options };
};
const stir = stack([-9.6, -4.8, 0, 4.8, 9.6]);
const t1 = stack([-13.2, -8.8, -4.4, 0, 4.4, 8.8, 13.2]);

it("shows the slice nearest in millimetres, not the one with the same number", () => {
  expect([0, 1, 2, 3, 4].map((index) => follow(stir, index, t1, 0))).toEqual([1, 2, 3, 4, 5]);
});

it("says how far the two lie apart", () => {
  expect(apart(stir, 3, t1, 4)).toBeCloseTo(-0.4);
  expect(apart(stir, 2, t1, 3)).toBe(0);
});

it("keeps an offset the reader has set", () => {
  expect(follow(stir, 2, t1, 4.4)).toBe(4);
});

it("goes by position only within one frame of reference", () => {
  expect(linkOf(stir, t1)).toBe("position");
  expect(linkOf(stir, { ...t1, frame: 2 })).toBe("offset");
  expect(linkOf(stir, { ...t1, plane: "axial" })).toBe("none");
});

it("follows a stack that was numbered the other way round", () => {
  const backwards = stack([-8.8, -4.4, 0, 4.4, 8.8], { normal: [-1, 0, 0] });
  expect(follow(stir, 4, backwards, 0)).toBe(0);
});

it("finds the same place of the patient in a stack planned at another angle, far from the isocentre", () => {
  const neck: Vector = [0, 10, -120];
  const turned: Vector = [Math.cos(0.2), 0, Math.sin(0.2)];
  const steps = [-8.8, -4.4, 0, 4.4, 8.8];
  const placed = (normal: Vector): Stack => {
    const centres = steps.map((mm) => add(neck, scaled(normal, mm)));
    return stack(centres.map((centre) => dot(centre, normal)), { normal, centres });
  };
  expect([0, 2, 4].map((index) => follow(placed(LEFT), index, placed(turned), 0))).toEqual([0, 2, 4]);
  expect(apart(placed(LEFT), 2, placed(turned), 2)).toBeCloseTo(0);
});

it("measures each stack by itself across frames of reference", () => {
  const elsewhere = stack([20.2, 25, 29.8], { frame: 2 });
  expect(apart(stir, 2, elsewhere, 1)).toBe(25);
  expect(follow(stir, 3, elsewhere, 25)).toBe(2);
});

it("tells of each slice how far it lies along its own stack's normal, in a tilted stack too", () => {
  const normal: Vector = [Math.cos(0.3), Math.sin(0.3), 0];
  const across: Vector = [-Math.sin(0.3), Math.cos(0.3), 0];
  const middle: Vector = [3, 10, -60];
  const corner = add(middle, add(scaled(across, -99), [0, 0, 99]));
  const slices = [-4.8, 0, 4.8].map((mm) => ({
    position: add(corner, scaled(normal, mm)), row_direction: across, column_direction: [0, 0, -1] as Vector, slope: 1, intercept: 0, bytes: 0,
  }));
  const tilted = new Series(series(1, "STIR", [], { slice_normal: normal, row_direction: across, slices }));
  const [first, second, third] = tilted.stack.distances as [number, number, number];
  expect([second - first, third - second]).toEqual([expect.closeTo(4.8), expect.closeTo(4.8)]);
  expect(second).toBeCloseTo(dot(middle, normal));
});
