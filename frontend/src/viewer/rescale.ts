/** What a stored pixel stands for: value = slope * stored + intercept. Windows are always in values, never in stored pixels. */
import type { Pixels } from "./plane";
import type { Window } from "./window";

export interface Rescale {
  slope: number;
  intercept: number;
}

/** The window in stored pixels; each slice may have a slope of its own. A negative slope turns light and dark round. */
export function storedWindow({ low, high }: Window, { slope, intercept }: Rescale): Window {
  const [from, to] = [(low - intercept) / slope, (high - intercept) / slope];
  return { low: Math.min(from, to), high: Math.max(from, to) };
}

export const turnsGreys = ({ slope }: Rescale): boolean => slope < 0;

/** Every `step`-th value of a slice. */
export function valuesOf(pixels: Pixels, { slope, intercept }: Rescale, step: number): number[] {
  return Array.from({ length: Math.floor(pixels.length / step) }, (_, at) => slope * (pixels[at * step] as number) + intercept);
}
