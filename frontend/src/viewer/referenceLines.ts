/** Where the slice of one pane crosses the slice of the other: a line, as radiologists know it from their own viewers. Pure. */
import type { Vector } from "@/api/types";
import { type Hung, add, cross, dot, scaled } from "./geometry";
import { type Size, type Spot, type View, normalOf, spotOf } from "./place";

const PARALLEL = 0.2; // sine of 11 degrees: slices of nearly one plane have no line worth drawing

export type Line = [Spot, Spot];
type Segment = [Vector, Vector];

/**
 * The part of `other` that `shown` cuts, as far as `shown` reaches, as a line on the pane that shows `shown`; null where
 * the two hardly cross. Both must lie in one frame of reference.
 */
export function referenceLine(other: Hung, shown: Hung, view: View, size: Size): Line | null {
  const whole = cut(other, shown);
  const seen = whole && clipped(whole, shown);
  return seen && [spotOf(seen[0], shown, view, size), spotOf(seen[1], shown, view, size)];
}

/** Where the outline of `other` goes through the plane of `shown`. */
function cut(other: Hung, shown: Hung): Segment | null {
  const [across, along] = [normalOf(shown), normalOf(other)];
  const direction = cross(across, along);
  if (Math.hypot(...direction) < PARALLEL) return null;
  const corners = cornersOf(other);
  const ends = corners.flatMap((corner, at) => crossing(across, shown.position, corner, corners[(at + 1) % corners.length] as Vector));
  const [first, last] = furthest(ends, direction);
  return first && last ? [first, last] : null;
}

/** The outline of a slice, half a pixel beyond the centres of its outermost pixels. */
function cornersOf({ position, rowDirection, columnDirection, rows, columns, rowSpacing, columnSpacing }: Hung): Vector[] {
  const at = (column: number, row: number): Vector =>
    add(add(position, scaled(rowDirection, (column - 0.5) * columnSpacing)), scaled(columnDirection, (row - 0.5) * rowSpacing));
  return [at(0, 0), at(columns, 0), at(columns, rows), at(0, rows)];
}

/** Where the edge from `a` to `b` goes through the plane. */
function crossing(normal: Vector, onPlane: Vector, a: Vector, b: Vector): Vector[] {
  const [before, after] = [a, b].map((one) => dot(normal, one) - dot(normal, onPlane)) as [number, number];
  if (before === after || before * after > 0) return [];
  return [along([a, b], before / (before - after))];
}

function furthest(points: Vector[], direction: Vector): [Vector | undefined, Vector | undefined] {
  const sorted = [...points].sort((a, b) => dot(a, direction) - dot(b, direction));
  return [sorted[0], sorted.length > 1 ? sorted.at(-1) : undefined];
}

/** The part of a segment within the outline of a slice in whose plane it lies. */
function clipped(segment: Segment, { position, rowDirection, columnDirection, rows, columns, rowSpacing, columnSpacing }: Hung): Segment | null {
  let [from, to] = [0, 1];
  for (const [direction, spacing, count] of [[rowDirection, columnSpacing, columns], [columnDirection, rowSpacing, rows]] as const) {
    const [first, last] = segment.map((end) => dot(direction, add(end, scaled(position, -1))) / spacing + 0.5) as [number, number];
    if (first === last && (first < 0 || first > count)) return null;
    const [enters, leaves] = first === last ? [0, 1] : [(0 - first) / (last - first), (count - first) / (last - first)];
    from = Math.max(from, Math.min(enters, leaves));
    to = Math.min(to, Math.max(enters, leaves));
  }
  return from < to ? [along(segment, from), along(segment, to)] : null;
}

const along = ([a, b]: Segment, share: number): Vector => add(a, scaled(add(b, scaled(a, -1)), share));
