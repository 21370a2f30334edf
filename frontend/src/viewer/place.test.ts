import { describe, expect, it } from "vitest";
import type { Vector } from "@/api/types";
import type { Hung } from "./geometry";
import { type Size, ontoSlice, pointAt, spotOf, within } from "./place";

const slant = Math.SQRT1_2;
const SIZE: Size = [400, 300];

/** An oblique slice of 100 x 80 pixels of 2 x 0.5 mm, far from the isocentre. */
const oblique: Hung = {
  rows: 100, columns: 80, rowSpacing: 2, columnSpacing: 0.5, position: [-20, 35, 140],
  rowDirection: [slant, slant, 0], columnDirection: [0, 0, -1],
};
const view = { centre: [-10, 45, 60] as Vector, mmPerPixel: 0.4 };

const close = (one: Vector, other: Vector) => one.forEach((value, axis) => expect(value).toBeCloseTo(other[axis] as number));

describe("a point on the screen", () => {
  it("in its middle is what is looked at", () => {
    close(pointAt({ x: 200, y: 150 }, oblique, view, SIZE), ontoSlice(oblique, view.centre));
    expect(spotOf(view.centre, oblique, view, SIZE)).toEqual({ x: 200, y: 150 });
  });

  it("ten pixels to the right and five down lies 4 and 2 mm along the slice's own directions", () => {
    const middle = pointAt({ x: 200, y: 150 }, oblique, view, SIZE);
    close(pointAt({ x: 210, y: 155 }, oblique, view, SIZE), [middle[0] + 4 * slant, middle[1] + 4 * slant, middle[2] - 2]);
  });

  it("comes back to where it was by way of the patient", () => {
    for (const spot of [{ x: 0, y: 0 }, { x: 399, y: 12.5 }, { x: 33, y: 290 }]) {
      const back = spotOf(pointAt(spot, oblique, view, SIZE), oblique, view, SIZE);
      expect(back.x).toBeCloseTo(spot.x);
      expect(back.y).toBeCloseTo(spot.y);
    }
  });

  it("lies in the slice, also when the view was taken from the slice beside it", () => {
    const besides = { ...view, centre: [view.centre[0] + 3, view.centre[1] - 3, view.centre[2]] as Vector };
    const point = pointAt({ x: 10, y: 10 }, oblique, besides, SIZE);
    close(ontoSlice(oblique, point), point);
  });
});

it("a place beside the image is moved to its edge, half a pixel beyond the centre of the last one", () => {
  close(within(oblique, [-20, 35, 500]), [-20, 35, 141]);
  close(within(oblique, [1000, 1055, 140]), [-20 + 79.5 * 0.5 * slant, 35 + 79.5 * 0.5 * slant, 140]);
  close(within(oblique, [-15, 40, 100]), [-15, 40, 100]);
});
