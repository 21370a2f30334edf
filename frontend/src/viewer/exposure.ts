/** Which slices were on a screen for how long, and through which windows: counted here, told by whoever has it. Pure. */
import type { Window } from "./window";

const SHORTEST_MS = 300; // of a window: what a drag only passed through is not one that was used
const MOST_WINDOWS = 40; // of a series

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
  private readonly slices: Record<string, number[]> = {};
  private readonly windows = new Map<string, WindowUse>();
  private sights: (Sight | null)[] = [];
  private since = 0;

  /** What the panes show from now on; null where a pane shows nothing, or nobody can see it. `now` in ms, never running back. */
  see(sights: (Sight | null)[], now: number): void {
    this.count(now);
    this.sights = sights;
  }

  /** Everything up to now. */
  read(now: number): Exposure {
    this.count(now);
    const all = [...this.windows.values()].filter(({ ms }) => ms >= SHORTEST_MS).sort((a, b) => b.ms - a.ms);
    const windows = all.filter(({ series }, at) => all.slice(0, at).filter((one) => one.series === series).length < MOST_WINDOWS);
    return { slices: structuredClone(this.slices), windows: structuredClone(windows) };
  }

  private count(now: number): void {
    const ms = Math.max(0, now - this.since);
    this.since = now;
    const seen = this.sights.filter((sight) => sight !== null);
    for (const sight of unique(seen)) this.countOne(sight, ms);
  }

  private countOne({ series, slice, nSlices, low, high }: Sight, ms: number): void {
    const times = (this.slices[series] ??= Array<number>(nSlices).fill(0));
    times[slice] = Math.round((times[slice] ?? 0) + ms);
    const [from, to] = [Math.round(low), Math.round(high)];
    const used = this.windows.get(`${series} ${from} ${to}`) ?? { series, low: from, high: to, ms: 0 };
    this.windows.set(`${series} ${from} ${to}`, { ...used, ms: Math.round(used.ms + ms) });
  }
}

/** The same slice in both panes is seen once. */
function unique(sights: Sight[]): Sight[] {
  return sights.filter((one, at) => sights.findIndex((other) => other.series === one.series && other.slice === one.slice) === at);
}
