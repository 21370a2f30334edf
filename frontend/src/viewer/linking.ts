/** Two stacks scroll together by patient position in millimetres, never by slice number. */
import type { Vector } from "@/api/types";
import { dot, nearest } from "./geometry";

/** What linking needs of a series. `distances` are mm along `normal`, in spatial order. */
export interface Stack {
  plane: string;
  frame: number;
  normal: Vector;
  distances: number[];
}

export type Link = "position" | "offset" | "none";

/** By position within one frame of reference; by a kept offset across frames; not at all between planes. */
export function linkOf(one: Stack, other: Stack): Link {
  if (one.plane !== other.plane || one.plane === "oblique") return "none";
  return one.frame === other.frame ? "position" : "offset";
}

/** mm along the other stack's normal that belong to slice `index` of this one. */
function targetOf(from: Stack, index: number, to: Stack, offset: number): number {
  const along = dot(from.normal, to.normal) < 0 ? -1 : 1;
  return along * (from.distances[index] as number) + offset;
}

/** The slice of `to` to show with slice `index` of `from`, where `to` lies `offset` mm further on. */
export function follow(from: Stack, index: number, to: Stack, offset: number): number {
  return nearest(to.distances, targetOf(from, index, to, offset));
}

/** How far, in mm, what is shown in `to` lies from slice `index` of `from`. */
export function apart(from: Stack, index: number, to: Stack, toIndex: number): number {
  return (to.distances[toIndex] as number) - targetOf(from, index, to, 0);
}
