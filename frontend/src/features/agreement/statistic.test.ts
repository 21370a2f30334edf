import { expect, test } from "vitest";
import type { Statistic } from "@/api/types";
import { along, gradesOf, show } from "./statistic";

const statistic = (part: Partial<Statistic>): Statistic => ({
  name: "kappa", estimate: 0.783, low: 0.6149, high: 0.891, method: "linear weights", n: 30, n_excluded: 0, status: "ok", sentence: "", ...part,
});

test("a coefficient has two decimals and its interval", () => {
  expect(show(statistic({}), "coefficient")).toEqual({ estimate: "0.78", interval: "0.61 to 0.89", sentence: "", isMuted: false });
});

test("a negative coefficient has a true minus sign, and zero has none", () => {
  expect(show(statistic({ estimate: -0.214 }), "coefficient").estimate).toBe("−0.21");
  expect(show(statistic({ estimate: -0.001 }), "coefficient").estimate).toBe("0.00");
});

test("an estimate of zero is a number, not a blank", () => {
  expect(show(statistic({ estimate: 0 }), "coefficient").estimate).toBe("0.00");
});

test("a share is shown in per cent, and 100 only when all agree", () => {
  const shown = (estimate: number) => show(statistic({ estimate }), "percent").estimate;
  expect([shown(0.9234), shown(0.999), shown(1), shown(0.001), shown(0)]).toEqual(["92 %", "99 %", "100 %", "1 %", "0 %"]);
});

test("the sentence stands instead of a number that is not there", () => {
  const sentence = "Both readers gave the same grade throughout.";
  const shown = show(statistic({ status: "no_variation", estimate: null, low: null, high: null, sentence }), "coefficient");
  expect(shown).toEqual({ estimate: null, interval: null, sentence, isMuted: true });
});

test("a number by construction is muted and has no interval", () => {
  const sentence = "Perfect agreement: the interval is not estimable.";
  const shown = show(statistic({ status: "not_estimable", estimate: 1, low: null, high: null, sentence }), "coefficient");
  expect(shown).toEqual({ estimate: "1.00", interval: null, sentence, isMuted: true });
});

test("a note about pairs left out stays beside a good number", () => {
  expect(show(statistic({ sentence: "2 pairs left out." }), "coefficient")).toMatchObject({ estimate: "0.78", sentence: "2 pairs left out." });
});

test("an interval that could not be had is not invented", () => {
  expect(show(statistic({ low: null }), "coefficient").interval).toBeNull();
});

test("drawing stays within its ends", () => {
  expect([along(0, [-1, 1]), along(2, [-1, 1]), along(-3, [0, 1])]).toEqual([50, 100, 0]);
});

test("two by two is a flag, anything larger is grades", () => {
  expect(gradesOf([[1, 0], [0, 1]])).toEqual(["absent", "present"]);
  expect(gradesOf([[1, 0, 0], [0, 1, 0], [0, 0, 1]])).toEqual(["0", "1", "2"]);
});
