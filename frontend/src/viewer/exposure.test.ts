import { expect, test } from "vitest";
import { ExposureMeter, type Sight } from "./exposure";

const sight = (series: number, slice: number, window = { low: 0, high: 900 }): Sight => ({ series, slice, nSlices: 3, ...window });

test("a slice counts for as long as it is on the screen", () => {
  const meter = new ExposureMeter();
  meter.see([sight(1, 0), sight(2, 1)], 1000);
  meter.see([sight(1, 1), sight(2, 1)], 1500);
  expect(meter.read(2500).slices).toEqual({ 1: [500, 1000, 0], 2: [0, 1500, 0] });
});

test("what nobody can see does not count", () => {
  const meter = new ExposureMeter();
  meter.see([sight(1, 0), null], 0);
  meter.see([null, null], 400);
  meter.see([sight(1, 0), null], 9000);
  expect(meter.read(9100).slices).toEqual({ 1: [500, 0, 0] });
});

test("one slice in both panes is seen once", () => {
  const meter = new ExposureMeter();
  meter.see([sight(1, 2), sight(1, 2)], 0);
  expect(meter.read(800).slices).toEqual({ 1: [0, 0, 800] });
});

test("a window counts once it was used, not where a drag went through it", () => {
  const meter = new ExposureMeter();
  meter.see([sight(1, 0)], 0);
  meter.see([sight(1, 0, { low: 10, high: 800 })], 2000);
  meter.see([sight(1, 0, { low: 20, high: 700 })], 2050);
  expect(meter.read(3000).windows).toEqual([
    { series: 1, low: 0, high: 900, ms: 2000 },
    { series: 1, low: 20, high: 700, ms: 950 },
  ]);
});

test("reading again counts nothing twice", () => {
  const meter = new ExposureMeter();
  meter.see([sight(1, 0)], 0);
  meter.read(500);
  expect(meter.read(1000).slices).toEqual({ 1: [1000, 0, 0] });
});

test("one series in both panes through two windows: both were used", () => {
  const meter = new ExposureMeter();
  meter.see([sight(1, 0, { low: 0, high: 1 }), sight(1, 0, { low: 0.25, high: 0.75 })], 0);
  expect(meter.read(800)).toEqual({ slices: { 1: [800, 0, 0] }, windows: [{ series: 1, low: 0, high: 1, ms: 800 }, { series: 1, low: 0.25, high: 0.75, ms: 800 }] });
});

test("the sleep of a machine is nobody's reading", () => {
  const meter = new ExposureMeter();
  meter.see([sight(1, 0)], 0);
  expect(meter.read(9 * 3_600_000).slices).toEqual({ 1: [60_000, 0, 0] });
});

test("of very many windows the longest are told", () => {
  const meter = new ExposureMeter();
  for (let one = 0; one < 60; one++) meter.see([sight(1, 0, { low: one, high: 900 })], one * 1000 + one * one);
  const { windows } = meter.read(63_600);
  expect(windows).toHaveLength(40);
  expect(Math.min(...windows.map(({ ms }) => ms))).toBeGreaterThan(1000);
});
