/** Which slices were on a screen for how long, and through which windows: counted here, told by whoever has it. Pure. */
import type { Window } from "./window";

const SHORTEST_MS = 300; // of a window: what a drag only passed through is not one that was used
const MOST_WINDOWS = 40; // of a series
const MOST_IN_ALL = 200; // the server takes no more
const LONGEST_MS = 60_000; // between two looks at the clock; more than that, and the machine was asleep
const DIGITS = 5; // of a window's ends: values may be as small as 0.001

export interface WindowUse extends Window {
  series: number;
  ms: number;
}

/** By the number of a series: ms of each slice, in spatial order. */
export interface Exposure {
  slices: Record<string, number[]>;
  windows: WindowUse[];
}

/** What one pane shows, while somebody could see it. */
export interface Sight extends Window {
  series: number;
  slice: number;
  nSlices: number;
}

export class ExposureMeter {
  private readonly slices = new Map<number, number[]>();
  private readonly windows = new Map<string, WindowUse>();
  private sights: Sight[] = [];
  private since = 0;

  /** What the panes show from now on; null where a pane shows nothing, or nobody can see it. `now` in ms, never running back. */
  see(sights: (Sight | null)[], now: number): void {
    this.count(now);
    this.sights = sights.filter((sight) => sight !== null);
  }

  /** Everything up to now. */
  read(now: number): Exposure {
    this.count(now);
    const all = [...this.windows.values()].filter(({ ms }) => ms >= SHORTEST_MS).sort((a, b) => b.ms - a.ms);
    const most = all.filter(({ series }, at) => all.slice(0, at).filter((one) => one.series === series).length < MOST_WINDOWS);
    return {
      slices: Object.fromEntries([...this.slices].map(([series, times]) => [series, times.map(Math.round)])),
      windows: most.slice(0, MOST_IN_ALL).map((use) => ({ ...use, ms: Math.round(use.ms) })),
    };
  }

  private count(now: number): void {
    const ms = Math.min(LONGEST_MS, Math.max(0, now - this.since));
    this.since = now;
    for (const { series, slice, nSlices } of unique(this.sights, ({ series, slice }) => `${series} ${slice}`)) {
      const times = this.slices.get(series) ?? Array<number>(nSlices).fill(0);
      this.slices.set(series, times.with(slice, (times[slice] ?? 0) + ms));
    }
    for (const { series, low, high } of unique(this.sights, windowKey)) {
      const key = windowKey({ series, low, high });
      const before = this.windows.get(key)?.ms ?? 0;
      this.windows.set(key, { series, low: rounded(low), high: rounded(high), ms: before + ms });
    }
  }
}

const rounded = (end: number): number => Number(end.toPrecision(DIGITS));

const windowKey = ({ series, low, high }: Window & { series: number }): string => `${series} ${rounded(low)} ${rounded(high)}`;

/** The same in both panes is seen once. */
function unique(sights: Sight[], keyOf: (sight: Sight) => string): Sight[] {
  return sights.filter((one, at) => sights.findIndex((other) => keyOf(other) === keyOf(one)) === at);
}
