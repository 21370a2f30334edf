/** Two stacks scroll together by patient position in millimetres, never by slice number. */
import type { Vector } from "@/api/types";
import { dot, nearest } from "./geometry";

/** What linking needs of a series, slice by slice in spatial order: its centre (patient LPS), and mm of it along `normal`. */
export interface Stack {
  plane: string;
  frame: number;
  normal: Vector;
  centres: Vector[];
  distances: number[];
}

export type Link = "position" | "offset" | "none";

/** By position within one frame of reference; by a kept offset across frames; not at all between planes. */
export function linkOf(one: Stack, other: Stack): Link {
  if (one.plane !== other.plane || one.plane === "oblique") return "none";
  return one.frame === other.frame ? "position" : "offset";
}

/**
 * mm of each slice of `to`, to be compared with `from.distances`. Within one frame of reference both are measured along
 * the same normal: two stacks planned at different angles, each along its own, would part by centimetres off the isocentre.
 */
function measuredFrom(from: Stack, to: Stack): number[] {
  return from.frame === to.frame ? to.centres.map((centre) => dot(centre, from.normal)) : to.distances;
}

/** The slice of `to` to show with slice `index` of `from`, where `to` lies `offset` mm further on. */
export function follow(from: Stack, index: number, to: Stack, offset: number): number {
  return nearest(measuredFrom(from, to), (from.distances[index] as number) + offset);
}

/** How far, in mm, what is shown in `to` lies from slice `index` of `from`. */
export function apart(from: Stack, index: number, to: Stack, toIndex: number): number {
  return (measuredFrom(from, to)[toIndex] as number) - (from.distances[index] as number);
}
