import { expect, test } from "vitest";
import { statistic } from "./agreement.fixture";
import { fixed, gradesOf, inWords, reliability, show } from "./statistic";

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

test("points of a score have one decimal", () => {
  expect(show(statistic({ estimate: -0.36, low: -1.02, high: 0.04 }), "points")).toMatchObject({ estimate: "−0.4", interval: "−1.0 to 0.0" });
  expect(fixed(-0.04, 1)).toBe("0.0");
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
  expect(inWords(statistic({ low: null }), "coefficient")).toBe("0.78");
});

test("Koo and Li's words are of the interval, not of the number", () => {
  const word = (low: number, high: number) => reliability(statistic({ estimate: 0.8, low, high }));
  expect(word(0.61, 0.89)).toBe("moderate to good");
  expect(word(0.76, 0.9)).toBe("good");
  expect(word(0.2, 0.95)).toBe("poor to excellent");
  expect(word(0.91, 0.97)).toBe("excellent");
});

test("the bounds of the words: 0.5 is moderate, 0.75 and 0.9 are good", () => {
  const word = (end: number) => reliability(statistic({ low: end, high: end }));
  expect([0.499, 0.5, 0.749, 0.75, 0.9, 0.901].map(word)).toEqual(["poor", "moderate", "moderate", "good", "good", "excellent"]);
});

test("a number without an interval gets no word", () => {
  expect(reliability(statistic({ status: "one_reader_constant", estimate: 0, low: null, high: null }))).toBeNull();
});

test("two by two is a flag, anything larger is grades", () => {
  expect(gradesOf([[1, 0], [0, 1]])).toEqual(["absent", "present"]);
  expect(gradesOf([[1, 0, 0], [0, 1, 0], [0, 0, 1]])).toEqual(["0", "1", "2"]);
});
