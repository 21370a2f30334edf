import { expect, test } from "vitest";
import type { CaseProgress, Progress, ReaderLoad } from "@/api/types";
import { finishOf, forecastOf, nextAt, paceOf, successors, unfinished } from "./load";

const ana: ReaderLoad = { username: "ana", full_name: "Ana Almeida", is_away: false, assigned: 3, started: 1, signed: 6, per_week: 2.5, finishes_on: "2026-12-24" };
const ben: ReaderLoad = { ...ana, username: "ben", full_name: "Ben Berger", per_week: null, finishes_on: null };
const done: ReaderLoad = { ...ana, username: "eve", assigned: 0, started: 0 };
const cards = { adjudications_open: 0 } as Progress["cards"];

test("a pace and a date are told where they are known", () => {
  expect([paceOf(ana), paceOf(ben)]).toEqual(["2.5 a week", "not known yet"]);
  expect([finishOf(ana), finishOf(ben), finishOf(done), finishOf({ ...done, signed: 0 })]).toEqual(["24 Dec 2026", "not known yet", "done", "–"]);
});

test("the study's forecast, in a sentence", () => {
  expect(forecastOf({ readers: [ana], finishes_on: "2026-12-24" })).toBe("At the pace of the last four weeks, what is assigned is signed by 24 Dec 2026.");
  expect(forecastOf({ readers: [ana, ben], finishes_on: null })).toMatch(/^When reading will be finished is not known yet/);
  expect(forecastOf({ readers: [done], finishes_on: null })).toBe("Everything that is assigned is signed.");
  expect(forecastOf({ readers: [], finishes_on: null })).toBe("Nothing is assigned yet.");
});

test("a mail goes out today or, when the hour has passed, tomorrow", () => {
  expect(nextAt(6, new Date("2026-11-23T05:59:00Z")).toISOString()).toBe("2026-11-23T06:00:00.000Z");
  expect(nextAt(6, new Date("2026-11-30T06:00:00Z")).toISOString()).toBe("2026-12-01T06:00:00.000Z");
});

test("a study is locked when nothing is left to read or to decide", () => {
  expect(unfinished({ readers: [ana, ben], cards })).toBe("8 readings are not signed yet.");
  expect(unfinished({ readers: [done], cards: { ...cards, adjudications_open: 1 } })).toBe("1 adjudication is not signed yet.");
  expect(unfinished({ readers: [done], cards })).toBeNull();
});

test("a case goes to somebody who is there and does not read it", () => {
  const one = { readings: [{ reader: "Ana Almeida", username: "ana", state: "assigned" }] } as unknown as CaseProgress;
  expect(successors(one, [ana, ben, { ...done, is_away: true }]).map(({ username }) => username)).toEqual(["ben"]);
});
