import { describe, expect, it } from "vitest";
import { AS_OPENED, type Shades, paint, tableOf } from "./greys";

const AS_STORED = { slope: 1, intercept: 0 };
const window = { low: 100, high: 300 };

function greys(values: number[], shades: Partial<Shades> = {}, { rescale = AS_STORED, isSigned = false } = {}): number[] {
  const pixels = isSigned ? Int16Array.from(values) : Uint16Array.from(values);
  const { rgba } = paint(pixels, values.length, tableOf(pixels, window, rescale, { ...AS_OPENED, ...shades }));
  return values.map((_, at) => rgba[4 * at] as number);
}

describe("a slice on the contact sheet", () => {
  it("has the window of its series", () => {
    expect(greys([0, 100, 200, 300, 4095])).toEqual([0, 0, 128, 255, 255]);
  });

  it("is opaque grey: red, green and blue alike", () => {
    const { rgba } = paint(Uint16Array.from([200]), 1, tableOf(Uint16Array.from([200]), window, AS_STORED, AS_OPENED));
    expect([...rgba]).toEqual([128, 128, 128, 255]);
  });

  it("is made smaller by means, and keeps its last row and column", () => {
    const pixels = Uint16Array.from([100, 300, 300, 100, 300, 300, 100, 100, 300]);
    const { columns, rows, rgba } = paint(pixels, 3, tableOf(pixels, window, AS_STORED, AS_OPENED), 2);
    expect([columns, rows]).toEqual([2, 2]);
    expect([0, 1, 2, 3].map((at) => rgba[4 * at])).toEqual([128, 255, 0, 255]);
  });

  it("applies slope and intercept before the window", () => {
    expect(greys([0, 50, 100], {}, { rescale: { slope: 2, intercept: 100 } })).toEqual([0, 128, 255]);
  });

  it("keeps negative pixels in their order", () => {
    expect(greys([-200, -100, 0], { look: "range" }, { isSigned: true })).toEqual([0, 128, 255]);
  });

  it("can be inverted, and a negative slope is", () => {
    expect(greys([100, 300], { isInverted: true })).toEqual([255, 0]);
    expect(greys([-300, -100], {}, { rescale: { slope: -1, intercept: 0 }, isSigned: true })).toEqual([255, 0]);
  });

  it("gets brighter when dragged up", () => {
    expect(greys([200], { dy: -40 })[0]).toBeGreaterThan(128);
  });
});

describe("text burnt into an image", () => {
  const anatomy = [150, 160, 170, 180, 190, 200, 210, 220];

  it("that is brighter than the window shows in the full range", () => {
    const [marrow, text] = greys([300, 4095, ...anatomy], { look: "range" });
    expect(marrow).toBeLessThan(32);
    expect(text).toBe(255);
  });

  it("that is one step above black shows where every grey has its step", () => {
    const air = Array<number>(50).fill(0);
    const hidden = [...air, 1, 1, 1, ...anatomy];
    const [black, text] = [greys(hidden)[0], greys(hidden)[50]] as [number, number];
    expect(text - black, "in the window it is not seen").toBe(0);
    const [apartBlack, apartText] = [greys(hidden, { look: "every" })[0], greys(hidden, { look: "every" })[50]] as [number, number];
    expect(apartText - apartBlack).toBeGreaterThan(100);
  });

  it("never makes a slice of one grey fail", () => {
    expect(greys([7, 7, 7], { look: "every" })).toEqual([0, 0, 0]);
    expect(greys([7, 7, 7], { look: "range" }).every((grey) => grey >= 0)).toBe(true);
  });
});
