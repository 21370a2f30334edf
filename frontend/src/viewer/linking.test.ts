import { expect, it } from "vitest";
import type { Vector } from "@/api/types";
import { type Stack, apart, follow, linkOf } from "./linking";

const LEFT: Vector = [1, 0, 0];
const stack = (distances: number[], options: Partial<Stack> = {}): Stack => ({ plane: "sagittal", frame: 1, normal: LEFT, distances, ...options });
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
