/** Where the slice of one pane crosses the slice of the other: a line, as radiologists know it from their own viewers. Pure. */
import type { Vector } from "@/api/types";
import { type Hung, add, cross, dot, scaled } from "./geometry";
import { type Size, type Spot, type View, normalOf, spotOf } from "./place";

const PARALLEL = 0.2; // sine of 11 degrees: slices of nearly one plane have no line worth drawing

export type Line = [Spot, Spot];

/**
 * The part of `other` that `shown` cuts, as a line on the pane that shows `shown`; null where the two hardly cross.
 * Both must lie in one frame of reference.
 */
export function referenceLine(other: Hung, shown: Hung, view: View, size: Size): Line | null {
  const [across, along] = [normalOf(shown), normalOf(other)];
  const direction = cross(across, along);
  if (Math.hypot(...direction) < PARALLEL) return null;
  const corners = cornersOf(other);
  const ends = corners.flatMap((corner, at) => crossing(across, shown.position, corner, corners[(at + 1) % corners.length] as Vector) ?? []);
  const [first, last] = furthest(ends, direction);
  return first && last ? [spotOf(first, shown, view, size), spotOf(last, shown, view, size)] : null;
}

/** The outline of a slice, half a pixel beyond the centres of its outermost pixels. */
function cornersOf({ position, rowDirection, columnDirection, rows, columns, rowSpacing, columnSpacing }: Hung): Vector[] {
  const at = (column: number, row: number): Vector =>
    add(add(position, scaled(rowDirection, (column - 0.5) * columnSpacing)), scaled(columnDirection, (row - 0.5) * rowSpacing));
  return [at(0, 0), at(columns, 0), at(columns, rows), at(0, rows)];
}

/** Where the edge from `a` to `b` goes through the plane. */
function crossing(normal: Vector, onPlane: Vector, a: Vector, b: Vector): Vector[] | null {
  const [before, after] = [a, b].map((one) => dot(normal, one) - dot(normal, onPlane)) as [number, number];
  if (before === after || before * after > 0) return null;
  return [add(a, scaled(add(b, scaled(a, -1)), before / (before - after)))];
}

function furthest(points: Vector[], direction: Vector): [Vector | undefined, Vector | undefined] {
  const sorted = [...points].sort((a, b) => dot(a, direction) - dot(b, direction));
  return [sorted[0], sorted.length > 1 ? sorted.at(-1) : undefined];
}
