import { expect, test } from "vitest";
import { item, statistic } from "../agreement.fixture";
import { heatOf, layersOf } from "./heat";

const percentOf = (estimate: number | null, status = "ok") => heatOf({ statistics: { percent: statistic({ estimate, status }) } }, "percent");

test("a site has the colour of the numeral that stands in it", () => {
  expect([0.5, 0.7, 0.949, 0.95, 1].map((share) => percentOf(share).step?.words.percent)).toEqual(["below 70", "70 to 79", "95 to 100", "95 to 100", "95 to 100"]);
  expect([0.949, 0.999, 1].map((share) => percentOf(share).numeral)).toEqual(["95", "99", "100"]);
});

test("an AC is written without its 0 and may be negative", () => {
  const numeral = (estimate: number) => heatOf({ statistics: { ac: statistic({ estimate }) } }, "ac").numeral;
  expect([0.874, 1, -0.05].map(numeral)).toEqual([".87", "1.00", "−.05"]);
});

test("what cannot be said has no colour: not estimable, by construction, or not asked", () => {
  expect([percentOf(null), percentOf(1, "too_few"), heatOf({ statistics: {} }, "ac")].map(({ step }) => step)).toEqual([null, null, null]);
});

const asked = (region: string, place: string) => item({ region, place, code: `${region}_C4` });

test("questions at different places make one drawing", () => {
  const layers = layersOf([asked("VB", "VB:C4"), asked("DG", "DG:C4C5")], (region) => region);
  expect(layers.map(({ items }) => items.length)).toEqual([2]);
});

test("two questions at one place are two drawings", () => {
  const layers = layersOf([asked("FJ", "FJ:C4C5"), asked("SY", "FJ:C4C5")], (region) => region);
  expect(layers.map(({ label }) => label)).toEqual(["FJ", "SY"]);
});

test("regions of one question are drawn together, whatever their places", () => {
  const items = [asked("BV", "VB:C4"), asked("BF", "FJ:C4C5"), asked("SF", "FJ:C4C5"), asked("EV", "VB:C4"), asked("EF", "FJ:C4C5")];
  const names: Record<string, string> = { BV: "BME: bodies", BF: "BME: joints", SF: "Synovitis: joints", EV: "Erosion: bodies", EF: "Erosion: joints" };
  expect(layersOf(items, (region) => names[region] ?? region).map(({ label, items: { length } }) => [label, length])).toEqual([["BME", 2], ["Synovitis", 1], ["Erosion", 2]]);
});
