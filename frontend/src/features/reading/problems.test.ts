import { expect, test } from "vitest";
import { IDLE, type Reporting, type ReportEvent, reportingReducer } from "./problems";

const after = (...events: ReportEvent[]): Reporting => events.reduce(reportingReducer, IDLE);
const begin: ReportEvent = { type: "begin", where: { series: 2, slice: 6 } };
const choose: ReportEvent = { type: "choose", kind: "not_evaluable", key: "k1" };

test("two steps make a report, with the place where one looked", () => {
  expect(after(begin, choose)).toEqual({
    stage: "held", report: { key: "k1", kind: "not_evaluable", series: 2, slice: 6, text: "" },
  });
});

test("a report without images has no place", () => {
  expect(after({ type: "begin", where: null }, choose)).toMatchObject({ report: { series: null, slice: null } });
});

test("something else asks for a word before it is a report", () => {
  expect(after(begin, { ...choose, kind: "other" }).stage).toBe("writing");
});

test("a held report can be given a word, or be taken back", () => {
  expect(after(begin, choose, { type: "write" }).stage).toBe("writing");
  expect(after(begin, choose, { type: "end" })).toEqual(IDLE);
});

test("one report at a time: the key pressed again does not lose the one that is held", () => {
  const held = after(begin, choose);
  expect(reportingReducer(held, begin)).toBe(held);
});

test("a digit without the question is no report", () => {
  expect(after(choose)).toEqual(IDLE);
});
