import { expect, test } from "vitest";
import type { Statistic } from "@/api/types";
import { statistic } from "./agreement.fixture";
import { type Column, columnsOf } from "./names";
import { FEW_POSITIVES, letter, notesOf, reasonOf } from "./notes";

test("each sentence stands once, under the letter that marks it", () => {
  const notes = notesOf(["Too few.", "", "No variation.", "Too few."]);
  expect(notes.sentences).toEqual([["a", "Too few."], ["b", "No variation."]]);
  expect([notes.markOf("No variation."), notes.markOf("")]).toEqual(["b", ""]);
});

test("after z comes aa", () => {
  expect([0, 25, 26, 27, 52].map(letter)).toEqual(["a", "z", "aa", "ab", "ba"]);
});

const [percent, kappa] = columnsOf([{ statistics: { percent: statistic(), kappa: statistic() } }]) as [Column, Column];
const row = (part: Partial<Statistic>, caution = "") => ({ caution, statistics: { percent: statistic(), kappa: statistic(part) } });

test("few positives grey what is corrected for chance, and only that", () => {
  const few = row({}, "2 and 4 positive of 40: too few.");
  expect([reasonOf(few, kappa), reasonOf(few, percent)]).toEqual([FEW_POSITIVES, ""]);
});

test("what cannot be estimated says so in its own words, whatever else there is to say", () => {
  expect(reasonOf(row({ status: "no_variation", sentence: "No variation." }, "too few"), kappa)).toBe("No variation.");
  expect(reasonOf(row({ status: "too_few", sentence: "" }), kappa)).toBe("Not estimable from these readings.");
  expect(reasonOf({ caution: "", statistics: {} }, kappa)).toBe("");
});
