import { expect, test } from "vitest";
import type { Dispute } from "@/api/types";
import { pairAt, pinsOf } from "./evidence";

const place = (slice: number) => ({ series: 1, slice, point: [0, 0, 0], view: { centre: [0, 0, 0], mm_per_pixel: 1, low: 0, high: 1 } });
const pinned = (left: number[], right: number[]) =>
  ({ left_pins: left.map(place), right_pins: right.map(place) }) as unknown as Dispute;
const slices = (pinnedOnes: Dispute, turn = 0, isFlipped = false) => pairAt(pinnedOnes, turn, isFlipped)?.map((one) => one?.slice);

test("each pane stands at its own side's pin", () => {
  expect(slices(pinned([3], [7]))).toEqual([3, 7]);
});

test("flipped, the sides change panes", () => {
  expect(slices(pinned([3], [7]), 0, true)).toEqual([7, 3]);
});

test("a side with several pins shows one after the other, while the other one stays", () => {
  const several = pinned([3, 4], [7]);
  expect([slices(several, 1), slices(several, 2)]).toEqual([[4, 7], [3, 7]]);
});

test("a side without a pin has no place of its own, and two without have none at all", () => {
  expect(slices(pinned([3], []))).toEqual([3, undefined]);
  expect(pairAt(pinned([], []), 0, false)).toBeNull();
});

test("a pin is drawn by its side and nothing else", () => {
  expect(pinsOf(pinned([3], [7])).map(({ key, label, side }) => [key, label, side])).toEqual([
    ["left-0", "left", "left"], ["right-0", "right", "right"],
  ]);
});
