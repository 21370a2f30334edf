/** A place in the images, and where it lies on a pane. Pure: patient LPS in mm on one side, CSS pixels from the pane's left top on the other. */
import type { Vector } from "@/api/types";
import { type Hung, add, cross, dot, scaled } from "./geometry";

/** What is looked at: the point in the middle of the screen, and how much of the patient a pixel of it shows. */
export interface View {
  centre: Vector;
  mmPerPixel: number;
}

/** A point that was looked at, and how: enough to stand there again. `series` is its number in the description of the images. */
export interface Place {
  series: number;
  slice: number;
  point: Vector;
  view: { centre: Vector; mm_per_pixel: number; low: number; high: number };
}

export interface ShownPin {
  key: string;
  label: string;
  place: Place;
  isCurrent: boolean;
  /** Whose evidence it is, where two sides are compared without names. */
  side?: "left" | "right";
}

/** A point of a pane in CSS pixels. */
export interface Spot {
  x: number;
  y: number;
}

export type Size = [width: number, height: number];

export const normalOf = (hung: Hung): Vector => cross(hung.rowDirection, hung.columnDirection);

/** The point, moved along the slice's normal into the slice. */
export function ontoSlice(hung: Hung, point: Vector): Vector {
  const normal = normalOf(hung);
  return add(point, scaled(normal, dot(normal, add(hung.position, scaled(point, -1)))));
}

/** Where a point of the patient is drawn, seen along the normal of the slice. */
export function spotOf(point: Vector, hung: Hung, view: View, [width, height]: Size): Spot {
  const from = add(point, scaled(view.centre, -1));
  return {
    x: width / 2 + dot(from, hung.rowDirection) / view.mmPerPixel,
    y: height / 2 + dot(from, hung.columnDirection) / view.mmPerPixel,
  };
}

/** The point of the slice that is drawn there. */
export function pointAt({ x, y }: Spot, hung: Hung, view: View, [width, height]: Size): Vector {
  const across = scaled(hung.rowDirection, (x - width / 2) * view.mmPerPixel);
  const along = scaled(hung.columnDirection, (y - height / 2) * view.mmPerPixel);
  return ontoSlice(hung, add(view.centre, add(across, along)));
}

/** The nearest point that the slice has: a pixel is as wide as its spacing, so half a pixel beyond the centres is still in it. */
export function within(hung: Hung, point: Vector): Vector {
  const from = add(point, scaled(hung.position, -1));
  const column = clamp(dot(from, hung.rowDirection) / hung.columnSpacing, hung.columns);
  const row = clamp(dot(from, hung.columnDirection) / hung.rowSpacing, hung.rows);
  return add(hung.position, add(scaled(hung.rowDirection, column * hung.columnSpacing), scaled(hung.columnDirection, row * hung.rowSpacing)));
}

function clamp(at: number, count: number): number {
  return Math.min(count - 0.5, Math.max(-0.5, at));
}
