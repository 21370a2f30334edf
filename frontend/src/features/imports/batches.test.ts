import { expect, test } from "vitest";
import { LIMITS, batchesOf } from "./batches";

const files = (...sizes: number[]) => sizes.map((size, number) => ({ number, size }));
const numbers = (batches: { number: number }[][]) => batches.map((batch) => batch.map((file) => file.number));

test("a batch is full at the limit of files", () => {
  expect(numbers(batchesOf(files(1, 1, 1, 1, 1), { files: 2, bytes: 100, alone: 100 }))).toEqual([[0, 1], [2, 3], [4]]);
});

test("a batch is full before the limit of bytes is passed", () => {
  expect(numbers(batchesOf(files(6, 4, 1), { files: 10, bytes: 10, alone: 10 }))).toEqual([[0, 1], [2]]);
});

test("a file that goes in pieces travels alone, also where it would fit", () => {
  expect(numbers(batchesOf(files(1, 5, 1, 1, 6, 6), { files: 10, bytes: 100, alone: 4 }))).toEqual([[0], [1], [2, 3], [4], [5]]);
});

test("a file larger than a batch travels alone", () => {
  expect(numbers(batchesOf(files(1, 50, 1), { files: 10, bytes: 10, alone: 10 }))).toEqual([[0], [1], [2]]);
});

test("no file, no batch", () => {
  expect(batchesOf([])).toEqual([]);
});

test("every file of a large folder is sent exactly once, within the limits", () => {
  const folder = files(...Array.from({ length: 1234 }, (_, n) => (n * 7919) % 3_000_000));
  const batches = batchesOf(folder);
  expect(batches.flat()).toEqual(folder);
  for (const batch of batches) {
    expect(batch.length).toBeLessThanOrEqual(LIMITS.files);
    expect(batch.reduce((sum, file) => sum + file.size, 0)).toBeLessThanOrEqual(LIMITS.bytes);
  }
});
