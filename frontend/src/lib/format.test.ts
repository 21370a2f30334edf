import { expect, test } from "vitest";
import { count, formatBytes, formatDay, formatTime } from "./format";

test("bytes are told in the unit people read", () => {
  expect([0, 999, 17_800_000, 512_000, 2_500_000_000].map(formatBytes)).toEqual(["0 B", "999 B", "17.8 MB", "512 KB", "2.5 GB"]);
});

test("one is singular, and plurals may be irregular", () => {
  expect([count(1, "case"), count(0, "case"), count(2, "series", "series")]).toEqual(["1 case", "0 cases", "2 series"]);
});

test("a moment that has not come is a dash", () => {
  expect(formatTime(null)).toBe("–");
});

test("a day of the calendar is the same day everywhere", () => {
  expect(formatDay("2026-11-03")).toBe("3 Nov 2026");
});
