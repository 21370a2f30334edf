import { expect, test } from "vitest";
import { firstUnseen } from "./unseen";

test("the first slice that no sitting has shown", () => {
  expect(firstUnseen(2, { 2: [0, 900, 0, 0] }, { 2: [40, 0, 70, 0] })).toBe(3);
});

test("a series never opened begins at its first slice", () => {
  expect(firstUnseen(3, { 3: [0, 0] }, {})).toBe(0);
});

test("where all were seen it stays at the first", () => {
  expect(firstUnseen(1, { 1: [10, 20] }, { 1: [0, 5] })).toBe(0);
});
