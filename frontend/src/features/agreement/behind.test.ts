import { expect, test } from "vitest";
import type { BehindRow } from "@/api/types";
import { item, row } from "./agreement.fixture";
import { differenceOf, isYesOrNo, ofCases, ofCell, ofPair, ofRepeats, rowsOf, valueOf } from "./behind";

const equal = row([1, 1], { case: "aaaa", subject: "RA-002" });
const apart = row([0, 2], { case: "bbbb", subject: "RA-010" });
const missing = row([null, 1], { case: "cccc", subject: "RA-001" });
const again = row([2, 2], { case: "dddd", subject: "RA-003", readers: ["R1", "R1"], is_repeat: true });
const behind = (rows: BehindRow[]) => ({ code: "VB_C4", label: "C4", is_current: true, rows });
const cases = (rows: BehindRow[], ask = {}) => rowsOf(behind(rows), { what: "VB_C4", ...ask }).map((one) => one.case);

test("disagreements come first, then pairs without a value, then equal ones; repeats are no pairs", () => {
  expect(cases([equal, missing, again, apart])).toEqual(["bbbb", "cccc", "aaaa"]);
});

test("equally far apart, participants stand in their order: 2 before 10", () => {
  const far = ["RA-10", "RA-2"].map((subject) => row([0, 1], { subject, case: subject }));
  expect(cases(far)).toEqual(["RA-2", "RA-10"]);
});

test("the words are neutral: nobody is wrong", () => {
  expect([equal, apart, missing].map((one) => differenceOf(one, false))).toEqual(["equal", "differs by 2", "no pair"]);
  expect(differenceOf(row([0, 1]), true)).toBe("differs");
});

test("only some: a cell of the table, a pair of readers, some cases, repeats", () => {
  const rows = [equal, apart, missing, again, row([0, 2], { case: "eeee", readers: ["R1", "R3"] })];
  expect(cases(rows, ofCell("VB_C4", [1, 1], ""))).toEqual(["aaaa"]);
  expect(cases(rows, ofPair("VB_C4", ["R3", "R1"]))).toEqual(["eeee"]);
  expect(cases(rows, ofCases("VB_C4", ["aaaa"]))).toEqual(["aaaa"]);
  expect(cases(rows, ofRepeats("VB_C4", "R1"))).toEqual(["dddd"]);
});

test("yes and no are read as such, and 0 is no blank", () => {
  expect([valueOf(1, true), valueOf(0, true), valueOf(0, false), valueOf(null, true)]).toEqual(["yes", "no", "0", "–"]);
  const report = { items: [item({ code: "DG_C4C5" }), item({ code: "VB_C4", table: [[1, 0, 0], [0, 1, 0], [0, 0, 1]] })], presence: [] };
  expect([isYesOrNo(report, "DG_C4C5"), isYesOrNo(report, "VB_C4"), isYesOrNo(report, "total")]).toEqual([true, false, false]);
});
