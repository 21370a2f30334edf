import { beforeEach, expect, test } from "vitest";
import type { ReadingCode } from "@/lib/brand";
import { graded } from "./draft";
import { Unsent } from "./unsent";

const kept = new Map<string, string>();
const shelf = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => void kept.set(key, text),
  removeItem: (key: string) => void kept.delete(key),
};
const code = "K7QM2X9R" as ReadingCode;
const unsentOf = (username: string) => new Unsent(username, code, shelf);

beforeEach(() => kept.clear());

test("what was kept is there after a reload", () => {
  unsentOf("ana").keep({ VB_C4: graded(2) });
  unsentOf("ana").keep({ VB_C5: graded(1) });
  expect(unsentOf("ana").read()).toEqual({ VB_C4: graded(2), VB_C5: graded(1) });
});

test("another person at the same screen does not meet it", () => {
  unsentOf("ana").keep({ VB_C4: graded(2) });
  expect(unsentOf("ben").read()).toEqual({});
});

test("an acknowledged value is forgotten, and nothing stays behind", () => {
  unsentOf("ana").keep({ VB_C4: graded(2) });
  unsentOf("ana").forget("VB_C4", graded(2));
  expect(kept.size).toBe(0);
});

test("the answer to an older value does not forget the newer one", () => {
  unsentOf("ana").keep({ VB_C4: graded(3) });
  unsentOf("ana").forget("VB_C4", graded(2));
  expect(unsentOf("ana").read()).toEqual({ VB_C4: graded(3) });
});

test("storage that is full or broken never stops the reading", () => {
  const full = { ...shelf, setItem: () => { throw new Error("QuotaExceededError"); }, getItem: () => "{broken" };
  const unsent = new Unsent("ana", code, full);
  unsent.keep({ VB_C4: graded(2) });
  expect(unsent.read()).toEqual({});
});
