import { describe, expect, it } from "vitest";
import { dragged, presetsOf } from "./window";

const sample = [...Array(500).fill(5), ...Array(400).fill(300), ...Array(80).fill(600), ...Array(20).fill(2000)];
const auto = { low: 0, high: 1800 };

describe("presets", () => {
  it("open with what the server measured", () => {
    expect(presetsOf(auto, sample).Auto).toEqual(auto);
  });

  it("put the marrow in the middle of a narrow window", () => {
    const { Marrow } = presetsOf(auto, sample);
    expect(Marrow.low).toBeLessThan(300);
    expect(Marrow.high).toBe(600);
  });

  it("stay apart where every value lies below zero", () => {
    const below = sample.map((value) => value - 5000);
    const shifted = presetsOf({ low: -5000, high: -3200 }, below);
    expect(shifted.Marrow.low).toBeLessThan(-4700);
    expect(shifted.Marrow.high).toBe(-4405);
  });

  it("leave only fluid bright", () => {
    const fluid = presetsOf(auto, sample)["Bright fluid"];
    expect(fluid.low).toBeGreaterThanOrEqual(300);
    expect(fluid.high).toBe(2000);
  });

  it("are all as opened while there are no pixels yet", () => {
    expect(Object.values(presetsOf(auto, []))).toEqual([auto, auto, auto, auto]);
  });

  it("never close entirely, not even on an empty image", () => {
    for (const { low, high } of Object.values(presetsOf({ low: 0, high: 1 }, [0, 0, 0]))) expect(high).toBeGreaterThan(low);
  });
});

describe("dragging", () => {
  it("right widens, left narrows, around the same middle", () => {
    expect(dragged({ low: 100, high: 300 }, 100, 0).high).toBeGreaterThan(300);
    expect(dragged({ low: 100, high: 300 }, -100, 0).low).toBeGreaterThan(100);
  });

  it("down darkens: the same grey needs a higher value", () => {
    expect(dragged({ low: 0, high: 400 }, 0, 40)).toEqual({ low: 40, high: 440 });
  });
});
