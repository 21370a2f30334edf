/** The two panes: what is in each, and everybody who wants to know. How they move together is in stage.ts. */
import type { SeriesRole } from "@/api/types";
import type { Hung } from "./geometry";
import type { Images } from "./images";
import type { Size, Spot, View } from "./place";
import type { Series } from "./series";
import type { Preset, Window } from "./window";

export type Side = 0 | 1;
export const SIDES: Side[] = [0, 1];

export interface Pane {
  series: number;
  slice: number;
  window: Window;
  preset: Preset | "";
  isInverted: boolean;
  isLoaded: boolean;
  failure: string;
  view: View;
}

export interface StageState {
  panes: [Pane, Pane];
  sizes: [Size, Size];
  active: Side;
  full: Side | null;
  isLinked: boolean;
  offset: number; // mm by which the right pane lies further on than the left one, as the reader has set it
  hasLines: boolean;
  hideOverlays: boolean;
}

export const otherThan = (side: Side): Side => (side === 0 ? 1 : 0);

export class Panes {
  readonly series: Series[];
  /** Where the mouse is, if it is over a pane. */
  pointer: { side: Side; spot: Spot } | null = null;
  protected state: StageState;
  private readonly listeners = new Set<() => void>();
  private readonly windows = new Map<number, Pick<Pane, "window" | "preset" | "isInverted">>();
  private readonly places = new Map<number, number>();
  private readonly images: Images;

  constructor(images: Images) {
    this.images = images;
    this.series = images.series;
    const [left, right] = images.hanging;
    this.state = {
      panes: [this.opened(left), this.opened(right)], sizes: [[1, 1], [1, 1]],
      active: 0, full: null, isLinked: true, offset: 0, hasLines: true, hideOverlays: false,
    };
    images.onChange = (series) => this.changed(series);
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): StageState => this.state;

  seriesIn(side: Side): Series {
    return this.series[this.state.panes[side].series] as Series;
  }

  hungIn(side: Side): Hung {
    return this.seriesIn(side).hung[this.state.panes[side].slice] as Hung;
  }

  has(role: SeriesRole): boolean {
    return this.series.some(({ description }) => description.role === role && description.plane === "sagittal");
  }

  isVisible(side: Side): boolean {
    return this.state.full === null || this.state.full === side;
  }

  resize(sizes: [Size, Size]): void {
    this.change({ sizes });
  }

  activate(side: Side): void {
    if (this.state.active !== side) this.change({ active: side });
  }

  toggleFull(side: Side = this.state.active): void {
    this.change({ active: side, full: this.state.full === null ? side : null });
  }

  toggleLines(): void {
    this.change({ hasLines: !this.state.hasLines });
  }

  hideOverlays(hidden: boolean): void {
    if (this.state.hideOverlays !== hidden) this.change({ hideOverlays: hidden });
  }

  /** Asks again for what a pane could not load. */
  retry(side: Side): void {
    void this.images.retry(this.seriesIn(side));
  }

  protected opened(index: number): Pane {
    const series = this.series[index] as Series;
    const kept = this.windows.get(index) ?? { window: series.description.window, preset: "Auto" as const, isInverted: false };
    const window = kept.preset ? series.presets[kept.preset] : kept.window;
    const slice = this.places.get(index) ?? series.middle;
    return { series: index, slice, ...kept, window, isLoaded: series.isComplete, failure: series.failure, view: { centre: [0, 0, 0], mmPerPixel: 1 } };
  }

  /** A window sticks to its series, also while another one is shown. */
  protected remember(side: Side): void {
    const { series, slice, window, preset, isInverted } = this.state.panes[side];
    this.windows.set(series, { window, preset, isInverted });
    this.places.set(series, slice);
  }

  protected set(side: Side, part: Partial<Pane>): void {
    const panes = [...this.state.panes] as [Pane, Pane];
    panes[side] = { ...panes[side], ...part };
    this.change({ panes });
  }

  protected change(part: Partial<StageState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }

  /** A series has come, or failed, or is asked for again. A preset that was asked for while it was loading is known only now. */
  private changed(series: Series): void {
    for (const side of SIDES) {
      if (this.seriesIn(side) !== series) continue;
      const { preset, window } = this.state.panes[side];
      this.set(side, { isLoaded: series.isComplete, failure: series.failure, window: preset ? series.presets[preset] : window });
    }
  }
}
