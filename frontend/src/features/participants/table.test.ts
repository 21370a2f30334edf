import { expect, test } from "vitest";
import type { Covariate, Covariates } from "@/api/types";
import { csvOf, fileName, heading, previewOf, withoutApostrophes } from "./table";

const covariate = (label: string, unit = "", kind: Covariate["kind"] = "category"): Covariate => ({ name: label.toLowerCase(), label, unit, kind, n: 2 });

const KNOWN: Covariates = {
  version: 2,
  entered_at: "2026-11-03T14:03:00Z",
  entered_by: "Dora Duarte",
  covariates: [covariate("Diagnosis"), covariate("CRP", "mg/dl", "number"), covariate("Sex")],
  rows: [
    { participant: "S-01", cells: ["RA", "-0.4", "1"] },
    { participant: "S-03", cells: ["", "1.5", "2"] },
  ],
  without: ["S-02"],
};

const withCells = (...cells: string[]): Covariates => ({ ...KNOWN, covariates: cells.map((_, place) => covariate(`Column ${place}`)), rows: [{ participant: "S-01", cells }], without: [] });

test("what is about to be sent is counted, whatever separates its cells", () => {
  expect(previewOf("participant,diagnosis,crp [mg/dl]\nS-01,RA,0.4\n")).toEqual({ nLines: 1, text: "1 participant, 2 covariates" });
  expect(previewOf("\ufeffParticipant;CRP\r\nS-01;0.4\r\nS-02;\r\n")?.text).toBe("2 participants, 1 covariate");
  expect(previewOf("participant\tCRP\tESR [mm, first hour]")?.text).toBe("0 participants, 2 covariates");
});

test("a table whose first column is not participant cannot be sent", () => {
  expect(previewOf("")).toBeNull();
  expect(previewOf("case,crp\nS-01,0.4")).toBeNull();
});

test("a unit stands in brackets", () => {
  expect(KNOWN.covariates.map(heading)).toEqual(["Diagnosis", "CRP [mg/dl]", "Sex"]);
});

test("the table is handed out with a line for everybody, and codes are called so", () => {
  expect(csvOf(KNOWN)).toBe("\ufeffparticipant,Diagnosis,CRP [mg/dl],Sex [category]\r\nS-01,RA,-0.4,1\r\nS-02,,,\r\nS-03,,1.5,2\r\n");
});

test("before there is a table, the participants are handed out to begin one", () => {
  expect(csvOf({ ...KNOWN, version: 0, covariates: [], rows: [], without: ["S-01", "S-02"] })).toBe("\ufeffparticipant\r\nS-01\r\nS-02\r\n");
});

test("what separates or quotes cells is quoted", () => {
  expect(csvOf(withCells("a,b", "c;d", 'e"f'))).toContain('S-01,"a,b","c;d","e""f"\r\n');
});

test("a spreadsheet finds no formula, and negative numbers stay numbers", () => {
  expect(csvOf(withCells("=1+1", "+", "@x", "-a,b", "-3", "+.5e3"))).toContain(`S-01,'=1+1,'+,'@x,"'-a,b",-3,+.5e3\r\n`);
});

test("what was handed out says the same when it comes back", () => {
  for (const cells of [["=1+1", "'=x", "''+", "-a,b", "rock'n'roll", "'s"], ['"=x', ",'=x", "-3", "", "ok", '+"a,b"']]) {
    const unguarded = withoutApostrophes(csvOf(withCells(...cells)));
    expect(parsed(unguarded)[1]).toEqual(["S-01", ...cells]);
  }
});

test("a file is named by its study and version", () => {
  expect(fileName("abc", 0)).toBe("participants-abc.csv");
  expect(fileName("abc", 3)).toBe("participants-abc-v3.csv");
});

/** The cells as a reader of CSV finds them. */
function parsed(csv: string): string[][] {
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g;
  const rows: string[][] = [[]];
  for (const [, text = "", end] of csv.matchAll(cell)) {
    rows.at(-1)?.push(text.replace(/^"([^]*)"$/, "$1").replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows;
}
