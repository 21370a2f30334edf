import type { Series } from "@/viewer/sheet";

/** The slice that is enlarged. */
export interface Place {
  series: Series;
  index: number;
}

/** `by` slices further within the series, at most to its ends. */
export function stepped(series: readonly Series[], { series: one, index }: Place, by: number): Place | null {
  if (!series.includes(one)) return null; // the images were loaded again meanwhile
  return { series: one, index: Math.min(one.length - 1, Math.max(0, index + by)) };
}
