import { MantineProvider } from "@mantine/core";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";
import type { AgreementReport, BlandAltman } from "@/api/types";
import { item, preference, statistic, tested } from "./agreement.fixture";
import { Adjudicators } from "./Adjudicators";
import { Methods } from "./Methods";
import { Overview } from "./Overview";
import { Patients } from "./Patients";
import { Readers } from "./Readers";
import { Sites } from "./Sites";
import { Totals } from "./Totals";

const PARTS = { Overview, Sites, Totals, Readers, Adjudicators, Patients, Methods };

const nothing: AgreementReport = {
  state: "ready", withheld: null, computed_at: null, is_current: true, n_cases: 0, input_sha256: "", version: "3", design: { kind: "none", sentence: "" }, readers: [],
  items: [], regions: [], presence: [], sums: [], subtotals: [], pairs: [], against_pool: [], repeats: [], drift: [], adjudication_rate: null, adjudicators: [], partiality: [], clinical: null, methods: [],
};

const unknown = statistic({ estimate: null, low: null, high: null, status: "too_few", sentence: "Only counts are shown: 1 usable pair." });
const limits: BlandAltman = { bias: unknown, lower: unknown, upper: unknown, lower_exact: unknown, upper_exact: unknown, slope: unknown };
const total = {
  code: "total", label: "Total", highest: 57, n_pairs: 2, n_excluded: 0, statistics: {}, bland_altman: limits,
  points: ["aaaa", "bbbb"].map((code) => ({ case: code, readers: ["R1", "R2"], values: [3, 1] })),
};
const sparse: AgreementReport = {
  ...nothing, state: "ready", n_cases: 2, design: { kind: "crossed", sentence: "" }, readers: [{ name: "R1", full_name: "Ana" }, { name: "R2", full_name: "Ben" }],
  items: [item({ statistics: {} }), item({ code: "VB_C5", place: "VB:C5", statistics: { percent: unknown, kappa: unknown } })], sums: [total],
  drift: [{ reader: "R1", points: [], slope: unknown, quarters: [unknown] }],
  partiality: [{ adjudicator: "ADJ1", n_decisions: 1, n_other: 1, overruled: null, preferences: [preference({ share: { ...unknown, n: 0 }, test: tested(null) })] }],
};

const shown = (name: keyof typeof PARTS, report: AgreementReport) =>
  renderToStaticMarkup(
    createElement(MantineProvider, null, createElement(MemoryRouter, null, createElement(PARTS[name], { report, onOpen: () => undefined }))),
  );

test.each(Object.keys(PARTS) as (keyof typeof PARTS)[])("%s stands without a single number", (name) => {
  expect(shown(name, nothing)).not.toMatch(/NaN|Infinity|undefined/);
  expect(shown(name, sparse)).not.toMatch(/NaN|Infinity|undefined/);
});

test("a number that is not there is a dash with a mark, and the mark has its sentence", () => {
  const page = shown("Sites", sparse);
  expect(page).toContain("–");
  expect(page).toContain("Only counts are shown: 1 usable pair.");
});

test("cases that coincide are one mark with their number", () => {
  expect(shown("Totals", sparse)).toContain("2 cases: aaaa, bbbb");
});

test("a preference stands with its count, and one that chance hardly gives says so", () => {
  const decided = { adjudicator: "ADJ1", n_decisions: 10, n_other: 0, overruled: null };
  const page = (part: Parameters<typeof preference>[0]) => shown("Adjudicators", { ...nothing, partiality: [{ ...decided, preferences: [preference(part)] }] });
  expect(page({})).toContain("8 of 10");
  expect(page({})).not.toContain("hardly by chance");
  expect(page({ is_flagged: true, test: tested(0.012) })).toContain("hardly by chance");
});
