import { expect, test } from "vitest";
import type { PracticeStanding, WorklistStudy } from "@/api/types";
import { actionOf, casesWords, inOrder, kappaWords, notesOf, practiceAdvice } from "./practice";

const standing: PracticeStanding = {
  study: "S" as PracticeStanding["study"], n_cases: 0, cases_needed: 3, kappa: null, target: 0.6, n_equal: 0, n_items: 0, is_open: false, is_qualified: false,
};
const list = (title: string, rest: object): WorklistStudy =>
  ({ study: { title, is_practice: false }, readings: [], practice: null, opens_next: null, ...rest }) as unknown as WorklistStudy;

test("whoever has not practised is told what it is for; whoever fell short practises again", () => {
  expect([actionOf(standing), casesWords(standing), kappaWords(standing)]).toEqual(["Start practice", "0 of 3 cases", "not known yet, 0.60 is needed"]);
  const short = { ...standing, n_cases: 4, kappa: 0.4 };
  expect([actionOf(short), casesWords(short), kappaWords(short)]).toEqual(["Practise again", "3 of 3 cases", "0.40, 0.60 is needed"]);
  expect(practiceAdvice(short)).toMatch(/^Another round/);
  expect(practiceAdvice({ ...short, is_open: true })).toMatch(/^Your practice cases are in the list below/);
});

test("practice that waits stands first, practice that is over last", () => {
  const practising = list("Practice", { study: { title: "Practice", is_practice: true }, readings: [{ state: "assigned" }] });
  const practised = list("Practised", { study: { title: "Practised", is_practice: true }, readings: [{ state: "signed" }] });
  const lists = [practised, list("Open", {}), list("Other", {}), practising];
  expect(inOrder(lists).map(({ study }) => study.title)).toEqual(["Practice", "Open", "Other", "Practised"]);
});

test("the second part is announced with its day, and with nothing else", () => {
  expect(notesOf({ practice: null, opens_next: null })).toEqual([]);
  const [note, ...others] = notesOf({ practice: null, opens_next: "2026-12-03T14:03:00" });
  expect(note).toBe("The second part of your list opens on 3 Dec 2026, 14:03.");
  expect(others).toEqual([]);
});
