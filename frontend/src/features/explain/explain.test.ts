import { expect, test } from "vitest";
import type { StudyCode } from "@/lib/brand";
import { explainPath, targetOf } from "./places";
import { duration, headOf, momentOf, seenOf, stateOf } from "./words";

const study = "STUDY" as StudyCode;
const found = { count: 1, cases: [{ code: "CASE" }], what: "", reading: "" };

test("a value has an address, of what counts or of one reading", () => {
  expect(explainPath(study)).toBe("/studies/STUDY/explain");
  expect(explainPath(study, "CASE", "VB_C4")).toBe("/studies/STUDY/explain/CASE/VB_C4");
  expect(explainPath(study, "CASE", "VB_C4", "READ")).toBe("/studies/STUDY/explain/CASE/VB_C4?reading=READ");
});

test("what was pasted leads to the value it names, and never anywhere while it names several cases", () => {
  expect(targetOf(study, "CASE VB_C4", { ...found, what: "VB_C4" })).toBe("/studies/STUDY/explain/CASE/VB_C4");
  expect(targetOf(study, "READ", { ...found, reading: "READ" })).toBe("/studies/STUDY/explain/CASE/reading?reading=READ");
  expect(targetOf(study, "S-0", { ...found, count: 2 })).toBeNull();
  expect(targetOf(study, "  ", found)).toBeNull();
});

test("times are told in UTC, wherever one sits", () => {
  expect(momentOf("2026-03-02T10:30:15.25+01:00")).toBe("2 Mar 2026, 09:30:15 UTC");
  expect(momentOf("")).toBe("–");
});

test("how long a slice was on screen is told as people say it", () => {
  expect([0, 400, 42_000, 185_000].map(duration)).toEqual(["0 s", "0.4 s", "42 s", "3 min 5 s"]);
});

test("slices that were never shown are counted, and said", () => {
  const series = { number: 1, label: "STIR sagittal", windows: [] };
  expect(seenOf({ ...series, ms: [1, 2], n_never: 0 })).toBe("all 2 slices shown");
  expect(seenOf({ ...series, ms: [0, 0], n_never: 2 })).toBe("none of 2 slices shown");
  expect(seenOf({ ...series, ms: [0, 5, 0], n_never: 2 })).toBe("1 of 3 slices shown, 2 never");
});

test("a look that does not count says why", () => {
  const look = { code: "READ", reader: "R1", state: "signed", counts: true, kind: "First look" };
  expect(headOf(look)).toBe("R1");
  expect(headOf({ ...look, counts: false, kind: "Hidden repeat" })).toBe("R1, hidden repeat");
  expect(headOf({ ...look, counts: false, state: "withdrawn" })).toBe("R1, withdrawn");
});

test("a state without words is shown as it is", () => {
  expect(stateOf("settled").label).toBe("Settled");
  expect(stateOf("argued about").label).toBe("argued about");
});
