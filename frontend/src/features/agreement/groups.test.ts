import { expect, test } from "vitest";
import type { Clinical, Group } from "@/api/types";
import { aboutOf, coverage, decimalsOf, groupNames, medianOf } from "./groups";

const group = (part: Partial<Group>): Group => ({ label: "BME+", n: 24, n_missing: 0, median: 5.5, q1: 4, q3: 7, mean: 5.4, sd: 2.1, sentence: "", ...part });

test("median with quartiles and mean with SD, one decimal", () => {
  expect([medianOf(group({}), 1), aboutOf(group({}), 1)]).toEqual(["5.5 (4.0 to 7.0)", "n 24, mean 5.4, SD 2.1"]);
});

test("small numbers have two decimals, in every group of the row", () => {
  expect(decimalsOf({ groups: [group({ q3: 0.8, mean: 0.9 }), group({ q3: 0.66, mean: 0.5 })] })).toBe(2);
  expect(decimalsOf({ groups: [group({ q3: 0.8, mean: 0.9 }), group({})] })).toBe(1);
});

test("too few known is a dash, and an unknown is told", () => {
  expect(medianOf(group({ median: null }), 1)).toBe("–");
  expect(aboutOf(group({ n: 0, n_missing: 24, mean: null, sd: null, sentence: "No value is known." }), 1)).toBe("n 0, 24 unknown. No value is known.");
});

test("each group is a column once", () => {
  const row = { name: "age", covariate: "Age", unit: "years", groups: [group({}), group({ label: "BME−" })], test: null };
  expect(groupNames([row, row])).toEqual(["BME+", "BME−"]);
});

test("whom the tables leave out is told", () => {
  const clinical = { n_patients: 38, n_unsettled: 1, n_left_out: 0, sentence: "" } as Clinical;
  expect(coverage(clinical)).toBe("38 participants with a settled case; what is present is by the consensus. 1 without a settled case is not in these tables.");
  expect(coverage({ ...clinical, n_unsettled: 0, n_left_out: 2 })).toContain("2 with several cases, none of them known to be the first, are left out.");
});
