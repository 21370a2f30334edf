import { expect, test } from "vitest";
import { BLANK, graded, notAssessable } from "./draft";
import { instrument } from "./instrument.fixture";
import { answerWords, placeWords, saveWords, savedWords, secondLookWords } from "./words";

const at = "2026-11-03T14:03:22";

test("blank, 0 and not assessable are said in different words", () => {
  expect([BLANK, graded(0), notAssessable("artefact")].map((answer) => answerWords(instrument, answer))).toEqual([
    "no answer yet", "0", "not assessable (artefact)",
  ]);
});

test("the time of saving is the server's, in the reader's hours", () => {
  expect(savedWords(at, new Date("2026-11-03T18:00:00"))).toBe("Saved 14:03:22");
});

test("saved on another day names the day", () => {
  expect(savedWords(at, new Date("2026-11-05T09:00:00"))).toBe("Saved 3 Nov, 14:03:22");
});

test("only a saved state is called saved", () => {
  const words = (["saving", "retrying", "halted", "elsewhere", "conflict"] as const).map((state) => saveWords({ state, savedAt: at }));
  expect(words).toEqual(["Saving…", "Not saved yet, trying again", "Not saved", "Open elsewhere", "Not saved: choose a value"]);
});

test("people count slices from 1", () => {
  const nameOf = (series: number) => (series === 2 ? "T1 sagittal" : "another");
  expect([placeWords({ series: 2, slice: 0 }, nameOf), placeWords({ series: null, slice: null }, nameOf)]).toEqual(["T1 sagittal, slice 1", ""]);
});

test("a second look says how many sites are asked, and a reading of everything says nothing", () => {
  expect(secondLookWords(["VB_C4", "SP_C6"])).toBe("Second look: 2 sites");
  expect(secondLookWords([])).toBe("");
});
