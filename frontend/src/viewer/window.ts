/** Grey windows. MR values have no unit, so every preset is relative to the pixels of its own series. */

export interface Window {
  low: number;
  high: number;
}

export type Preset = "Auto" | "Marrow" | "Bright fluid" | "Wide";
export type Presets = Record<Preset, Window>;

const NARROWEST = 1e-3; // rescaled values may all lie between 0 and 1
const AIR = 0.08; // of the bright end: below it lies what is outside the body

/**
 * The presets of a series.
 *
 * auto     1st to 99.5th percentile of the central third, as the server measured it
 * sample   pixels of central slices, none as long as they are loading; Marrow spans what lies around the median of the body, Bright fluid its bright end
 */
export function presetsOf(auto: Window, sample: ArrayLike<number>): Presets {
  if (sample.length === 0) return { Auto: auto, Marrow: auto, "Bright fluid": auto, Wide: auto };
  const all = Float64Array.from(sample).sort();
  const body = all.subarray(firstAbove(all, auto.low + AIR * (auto.high - auto.low)));
  const at = (fraction: number) => percentile(body.length > 0 ? body : all, fraction);
  const black = Math.min(0, percentile(all, 0)); // signal begins at 0, or below where an intercept says so
  const marrow = at(0.5) - black;
  return {
    Auto: auto,
    Marrow: spread(Math.max(auto.low, black + marrow * 0.25), black + marrow * 2),
    "Bright fluid": spread(at(0.6), percentile(all, 0.9995)),
    Wide: spread(percentile(all, 0), percentile(all, 1)),
  };
}

function spread(low: number, high: number): Window {
  return { low, high: high > low ? high : low + 1 };
}

function percentile(sorted: Float64Array, fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))] ?? 0;
}

function firstAbove(sorted: Float64Array, value: number): number {
  const index = sorted.findIndex((one) => one > value);
  return index < 0 ? 0 : index;
}

/** A drag of the mouse: right widens, down darkens, in steps of the present width. */
export function dragged(window: Window, dx: number, dy: number): Window {
  const width = window.high - window.low;
  const centre = (window.high + window.low) / 2 + (dy * width) / 400;
  const wider = Math.max(NARROWEST, width * Math.exp(dx / 250));
  return { low: centre - wider / 2, high: centre + wider / 2 };
}
