import { describe, expect, it } from "vitest";
import type { ImageSeries, Vector } from "@/api/types";
import { centreOf, distancesOf, dot, hang, letterOf, middleOf, nearest, turnOf, turnPixels } from "./geometry";

/** A sagittal stack of 2 x 3 pixels, 4.5 mm apart, as a scanner with the given directions writes it. */
function stack(rowDirection: Vector, columnDirection: Vector): ImageSeries {
  return {
    number: 1, label: "", role: "STIR", plane: "sagittal", rows: 2, columns: 3, row_spacing_mm: 1, column_spacing_mm: 2,
    row_direction: rowDirection, column_direction: columnDirection, slice_normal: [1, 0, 0], frame: 1, is_signed: false,
    window: { low: 0, high: 1 }, transfer_order: [0, 1, 2], pixels: "",
    slices: [-4.5, 0, 4.5].map((x) => ({ position: [x, 0, 0], row_direction: rowDirection, column_direction: columnDirection, slope: 1, intercept: 0, bytes: 0 })),
  };
}

describe("hanging a sagittal slice", () => {
  const asMade = stack([0, 1, 0], [0, 0, -1]);
  const mirrored = stack([0, -1, 0], [0, 0, -1]);
  const lying = stack([0, 0, -1], [0, 1, 0]);

  it.each([["as made", asMade], ["mirrored", mirrored], ["lying", lying], ["upside down", stack([0, 1, 0], [0, 0, 1])]])(
    "puts anterior left and the head up: %s",
    (_, series) => {
      const turn = turnOf("sagittal", series.row_direction, series.column_direction);
      const hung = hang(series, 1, turn);
      expect(letterOf(hung.rowDirection)).toBe("P");
      expect(letterOf(hung.columnDirection)).toBe("F");
    },
  );

  it("leaves the middle of the slice where it was", () => {
    for (const series of [asMade, mirrored, lying]) {
      const turned = hang(series, 1, turnOf("sagittal", series.row_direction, series.column_direction));
      const plain = hang(series, 1, { transpose: false, flipColumns: false, flipRows: false });
      centreOf(turned).forEach((value, axis) => expect(value).toBeCloseTo(centreOf(plain)[axis] as number));
    }
  });

  it("turns the pixels the same way", () => {
    const pixels = Uint16Array.from([1, 2, 3, 4, 5, 6]);
    expect([...turnPixels(pixels, 2, 3, { transpose: false, flipColumns: true, flipRows: false })]).toEqual([3, 2, 1, 6, 5, 4]);
    expect([...turnPixels(pixels, 2, 3, { transpose: false, flipColumns: false, flipRows: true })]).toEqual([4, 5, 6, 1, 2, 3]);
    expect([...turnPixels(pixels, 2, 3, { transpose: true, flipColumns: false, flipRows: false })]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it("puts each pixel where its patient position says, whatever the turn", () => {
    const pixels = Uint16Array.from([1, 2, 3, 4, 5, 6]);
    for (const series of [asMade, mirrored, lying, stack([0, 0, 1], [0, -1, 0])]) {
      const turn = turnOf("sagittal", series.row_direction, series.column_direction);
      const [before, after] = [hang(series, 0, { transpose: false, flipColumns: false, flipRows: false }), hang(series, 0, turn)];
      const turned = turnPixels(pixels, 2, 3, turn);
      const where = (hung: typeof before, values: Uint16Array) =>
        new Map([...values].map((value, at) => {
          const [row, column] = [Math.floor(at / hung.columns), at % hung.columns];
          const mm = [0, 1, 2].map((axis) => (hung.position[axis] as number) + (hung.rowDirection[axis] as number) * column * hung.columnSpacing + (hung.columnDirection[axis] as number) * row * hung.rowSpacing);
          return [value, mm.map((one) => Math.round(one * 1000) / 1000 + 0).join()];
        }));
      expect(where(after, turned)).toEqual(where(before, pixels));
    }
  });
});

describe("slices by position", () => {
  it("are measured along the normal", () => {
    const { slices, slice_normal } = stack([0, 1, 0], [0, 0, -1]);
    expect(distancesOf(slices.map((slice) => slice.position), slice_normal)).toEqual([-4.5, 0, 4.5]);
  });

  it("finds the nearest, and the middle", () => {
    expect(nearest([-4.8, 0, 4.8], 2)).toBe(1);
    expect(nearest([-4.8, 0, 4.8], 3)).toBe(2);
    expect(middleOf([-9, -4.5, 0, 4.5, 9])).toBe(2);
  });
});

it("names the six sides of a patient", () => {
  const sides: [Vector, string][] = [[[1, 0, 0], "L"], [[-1, 0, 0], "R"], [[0, 1, 0], "P"], [[0, -1, 0], "A"], [[0, 0, 1], "H"], [[0, 0, -1], "F"]];
  for (const [direction, letter] of sides) expect(letterOf(direction)).toBe(letter);
  expect(dot([1, 2, 3], [4, 5, 6])).toBe(32);
});
