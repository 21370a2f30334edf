import { describe, expect, it } from "vitest";
import { storedWindow, turnsGreys, valuesOf } from "./rescale";

describe("rescaled values", () => {
  it("are windowed as values: the same grey is another stored pixel in a slice with another slope", () => {
    const window = { low: 100, high: 500 };
    expect(storedWindow(window, { slope: 1, intercept: 0 })).toEqual(window);
    expect(storedWindow(window, { slope: 2, intercept: 100 })).toEqual({ low: 0, high: 200 });
    expect(storedWindow(window, { slope: 0.5, intercept: 0 })).toEqual({ low: 200, high: 1000 });
  });

  it("turn light and dark round where the slope is negative", () => {
    const rescale = { slope: -1, intercept: 1000 };
    expect(storedWindow({ low: 100, high: 500 }, rescale)).toEqual({ low: 500, high: 900 });
    expect(turnsGreys(rescale)).toBe(true);
  });

  it("are what presets are measured on", () => {
    expect(valuesOf(Uint16Array.from([1, 9, 3, 9, 5, 9]), { slope: 2, intercept: -1 }, 2)).toEqual([1, 5, 9]);
  });
});
