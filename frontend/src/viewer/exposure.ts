/** What was really on screen and for how long: slices and windows. Pure; the time is told, never asked for. */

export interface WindowUse {
  /** The number of the series in the description of the images. */
  series: number;
  low: number;
  high: number;
  ms: number;
}

export interface Exposure {
  /** Milliseconds a slice, in spatial order, by the number of the series. */
  slices: Record<string, number[]>;
  windows: WindowUse[];
}
