import { expect, test } from "vitest";
import type { Unblinding } from "@/api/types";
import { blank, dayOf, inOrder, isComplete } from "./unblinding";

const told = { who: "Ana", what: "the hospital", why: "a telephone call", impact: "none: signed before", is_planned: false, happened_on: "2026-11-03" };

test("a record is complete when every question is answered", () => {
  expect(isComplete(told)).toBe(true);
  expect(isComplete({ ...told, impact: "  " })).toBe(false);
  expect(isComplete(blank(new Date()))).toBe(false);
});

test("the day is the person's own, not that of Greenwich", () => {
  expect(dayOf(new Date(2026, 0, 5, 0, 30))).toBe("2026-01-05");
});

test("the latest to happen comes first", () => {
  const record = (code: string, happened_on: string, recorded_at: string) => ({ ...told, code, happened_on, recorded_at, recorded_by: "Dora" }) as Unblinding;
  const records = [record("a", "2026-01-01", "2026-02-01"), record("b", "2026-01-09", "2026-01-09"), record("c", "2026-01-01", "2026-02-02")];
  expect(inOrder(records).map(({ code }) => code)).toEqual(["b", "c", "a"]);
});
