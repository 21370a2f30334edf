import { expect, test } from "vitest";
import type { CaseProgress } from "@/api/types";
import { FILTERS, cellsOf, hasSelfCheck, stepsOf } from "./marks";

const fresh = { code: "k3v9", subject: "RA-017", images: "allotted", readings: [], adjudication: "none", consensus: "none" } as unknown as CaseProgress;
const marks = (one: CaseProgress) => cellsOf(one).map((cell) => cell.mark);

test("a case without its images is blocked", () => {
  expect(marks({ ...fresh, images: "incomplete" })[0]).toBe("blocked");
});

test("each reading shows its own state and, to the coordinator, whose it is", () => {
  const one: CaseProgress = { ...fresh, readings: [{ reader: "Ana Reader", username: "ana", state: "signed" }, { reader: "Ben Reader", username: "ben", state: "started" }] };
  expect(marks(one).slice(1, 3)).toEqual(["done", "in progress"]);
  expect(cellsOf(one)[1]?.label).toBe("Ana Reader: signed");
});

test("readings that are not drawn yet are not started", () => {
  expect(marks(fresh).slice(1, 3)).toEqual(["not started", "not started"]);
});

test("a settled case without an adjudication did not need one", () => {
  expect(marks({ ...fresh, consensus: "settled" }).slice(3)).toEqual(["not needed", "done"]);
});

test("a compared case waits for its adjudicator", () => {
  expect(marks({ ...fresh, adjudication: "waiting", consensus: "open" }).slice(3)).toEqual(["waiting", "waiting"]);
});

test("a superseded consensus is told, with the version that takes its place", () => {
  const superseded = { n: 1, at: "2026-03-04T09:30:00Z" };
  const [none, settled] = (["none", "settled"] as const).map((consensus) => cellsOf({ ...fresh, consensus, superseded }).at(-1));
  expect(none).toMatchObject({ mark: "in progress", label: expect.stringMatching(/^Consensus superseded on .*; version 2 is being made$/) });
  expect(settled).toMatchObject({ mark: "done", label: expect.stringContaining("version 2") });
});

test("every case is in exactly one filter beside All", () => {
  const cases = (["incomplete", "to_check", "ready", "refused", "allotted"] as const).map((images) => ({ ...fresh, images }));
  const settled = (["checking", "open", "settled"] as const).map((consensus) => ({ ...fresh, consensus }));
  for (const one of [...cases, ...settled]) {
    expect(Object.values(FILTERS).filter((filter) => filter.keeps(one))).toHaveLength(2);
  }
});

test("a design with one reader has one column for it", () => {
  expect(stepsOf(1)).toEqual(["Images", "Reading", "Adjudication", "Consensus"]);
  expect(cellsOf(fresh, 1).map((cell) => cell.step)).toEqual(stepsOf(1));
});

test("where readers are asked again there is a column for it, and nowhere else", () => {
  const one: CaseProgress = { ...fresh, consensus: "checking", self_check: "in_progress" };
  expect(hasSelfCheck([{ ...fresh, self_check: "none" }])).toBe(false);
  expect(hasSelfCheck([one])).toBe(true);
  expect(cellsOf(one, 2, true).map((cell) => cell.step)).toEqual(stepsOf(2, true));
  expect(cellsOf(one, 2, true)[3]).toMatchObject({ step: "Self-check", mark: "in progress" });
});
