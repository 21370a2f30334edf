/** What the two panes show and how it changes. React draws the state; the screens follow it. */
import type { ImageManifest, SeriesRole, Vector } from "@/api/types";
import type { Screen, View } from "./cornerstone";
import { add, centreOf, scaled } from "./geometry";
import { type Link, apart, follow, linkOf } from "./linking";
import { Series } from "./series";
import { type Preset, type Window, dragged } from "./window";

export type Side = 0 | 1;
const SIDES: Side[] = [0, 1];
const CROPPED = 0.72; // of the width must stay in the pane when the height fills it
const ZOOM_STEP = 1.15;

export interface Pane {
  series: number;
  slice: number;
  window: Window;
  preset: Preset | "";
  isInverted: boolean;
  isLoaded: boolean;
  view: View;
}

export interface StageState {
  panes: [Pane, Pane];
  active: Side;
  full: Side | null;
  isLinked: boolean;
  offset: number; // mm by which the right pane lies further on than the left one, as the reader has set it
  hideOverlays: boolean;
}

/** STIR left, T1 right, sagittal first; where one is missing, what there is. */
export function hangingOf(manifest: ImageManifest): [number, number] {
  const find = (role: string, not = -1) => manifest.series.findIndex((one, at) => one.role === role && one.plane === "sagittal" && at !== not);
  const left = Math.max(0, find("STIR"));
  const wanted = find("T1") >= 0 ? find("T1") : manifest.series.findIndex((_, at) => at !== left);
  return [left, wanted < 0 ? left : wanted];
}

export class Stage {
  readonly series: Series[];
  private state: StageState;
  private readonly listeners = new Set<() => void>();
  private readonly windows = new Map<number, Pick<Pane, "window" | "preset" | "isInverted">>();
  private readonly places = new Map<number, number>();
  private screens: Screen[] = [];
  private sizes: [number, number][] = [[1, 1], [1, 1]];
  private aborter = new AbortController();

  constructor(manifest: ImageManifest) {
    this.series = manifest.series.map((description) => new Series(description));
    const [left, right] = hangingOf(manifest);
    this.state = { panes: [this.opened(left), this.opened(right)], active: 0, full: null, isLinked: true, offset: 0, hideOverlays: false };
    this.join();
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly snapshot = (): StageState => this.state;

  seriesIn(side: Side): Series {
    return this.series[this.state.panes[side].series] as Series;
  }

  has(role: SeriesRole): boolean {
    return this.series.some(({ description }) => description.role === role && description.plane === "sagittal");
  }

  get link(): Link {
    return this.state.isLinked ? linkOf(this.seriesIn(0).stack, this.seriesIn(1).stack) : "none";
  }

  /** How far the right pane's slice lies from the left one's, in mm; null where the two cannot be compared. */
  get apart(): number | null {
    if (linkOf(this.seriesIn(0).stack, this.seriesIn(1).stack) !== "position") return null;
    return apart(this.seriesIn(0).stack, this.state.panes[0].slice, this.seriesIn(1).stack, this.state.panes[1].slice);
  }

  /** Puts the state on screens. Loads what hangs first, then the rest. Rejects if the images cannot be loaded. */
  async open(screens: Screen[], sizes: [number, number][]): Promise<void> {
    this.aborter = new AbortController();
    this.screens = screens;
    this.resize(sizes);
    this.fit();
    const first = SIDES.map((side) => this.seriesIn(side));
    await Promise.all(first.map((series) => this.load(series)));
    for (const series of this.series) await this.load(series);
  }

  close(): void {
    this.aborter.abort();
    for (const series of this.series) series.pause();
    this.screens = [];
  }

  resize(sizes: [number, number][]): void {
    this.sizes = sizes;
    for (const side of SIDES) void this.draw(side);
  }

  activate(side: Side): void {
    this.change({ active: side });
  }

  toggleLink(): void {
    this.change({ isLinked: !this.state.isLinked, offset: 0 });
    if (this.state.isLinked) this.join();
  }

  toggleFull(side: Side = this.state.active): void {
    this.change({ active: side, full: this.state.full === null ? side : null });
  }

  hideOverlays(hidden: boolean): void {
    if (this.state.hideOverlays !== hidden) this.change({ hideOverlays: hidden });
  }

  /** Another slice in one pane; the other one follows by position unless it is to be moved alone. */
  goTo(side: Side, slice: number, { alone = false } = {}): void {
    const length = this.seriesIn(side).length;
    this.set(side, { slice: Math.min(length - 1, Math.max(0, slice)) });
    if (alone) this.keepOffset();
    else this.align(side);
  }

  scroll(side: Side, by: number, options?: { alone?: boolean }): void {
    this.goTo(side, this.state.panes[side].slice + by, options);
  }

  /** Another series in a pane, at the same position of the patient where it can be said. */
  showSeries(side: Side, index: number): void {
    const before = this.seriesIn(side);
    const beforePane = this.state.panes[side];
    this.remember(side);
    const next = this.opened((index + this.series.length) % this.series.length);
    const after = this.series[next.series] as Series;
    const link = linkOf(before.stack, after.stack);
    if (link === "position") Object.assign(next, { slice: follow(before.stack, beforePane.slice, after.stack, 0), view: beforePane.view });
    this.set(side, next);
    if (link !== "position") this.fitOne(side);
    this.keepOffset();
  }

  setWindow(side: Side, window: Window, preset: Pane["preset"] = ""): void {
    this.set(side, { window, preset });
  }

  setPreset(side: Side, preset: Preset): void {
    this.setWindow(side, this.seriesIn(side).presets[preset], preset);
  }

  dragWindow(side: Side, dx: number, dy: number): void {
    this.setWindow(side, dragged(this.state.panes[side].window, dx, dy));
  }

  invert(side: Side): void {
    this.set(side, { isInverted: !this.state.panes[side].isInverted });
  }

  pan(side: Side, dx: number, dy: number): void {
    const hung = this.hungIn(side);
    const { centre, mmPerPixel } = this.state.panes[side].view;
    const moved = add(add(centre, scaled(hung.rowDirection, -dx * mmPerPixel)), scaled(hung.columnDirection, -dy * mmPerPixel));
    this.setView(side, { centre: moved, mmPerPixel });
  }

  zoom(side: Side, steps: number): void {
    const { centre, mmPerPixel } = this.state.panes[side].view;
    const zoomed = Math.min(5, Math.max(0.02, mmPerPixel * ZOOM_STEP ** -steps));
    this.setView(side, { centre, mmPerPixel: zoomed });
  }

  /** Pan, zoom and window as they were at first. */
  reset(side: Side): void {
    this.setPreset(side, "Auto");
    this.set(side, { isInverted: false });
    this.fit();
  }

  /** Both panes from head to chest, in the same mm per pixel where they hang together. */
  fit(): void {
    for (const side of SIDES) this.fitOne(side);
    if (this.link === "none") return;
    const [left, right] = this.state.panes;
    const mmPerPixel = Math.max(left.view.mmPerPixel, right.view.mmPerPixel);
    const centre = this.link === "position" ? left.view.centre : right.view.centre;
    this.set(0, { view: { ...left.view, mmPerPixel } });
    this.set(1, { view: { centre, mmPerPixel } });
  }

  private fitOne(side: Side): void {
    const hung = this.hungIn(side);
    const [width, height] = this.sizes[side] as [number, number];
    const mmPerPixel = Math.max((hung.rows * hung.rowSpacing) / height, (CROPPED * hung.columns * hung.columnSpacing) / width);
    this.set(side, { view: { centre: centreOf(hung), mmPerPixel } });
  }

  private setView(side: Side, view: View): void {
    const { centre, mmPerPixel } = this.state.panes[side].view;
    this.set(side, { view });
    if (this.link === "none") return;
    const other = (1 - side) as Side;
    const moved: Vector = add(view.centre, scaled(centre, -1));
    const scale = view.mmPerPixel / mmPerPixel;
    const { view: theirs } = this.state.panes[other];
    this.set(other, { view: { centre: add(theirs.centre, moved), mmPerPixel: theirs.mmPerPixel * scale } });
  }

  /** Positions agree only within one frame of reference; across frames what is shown now is taken as belonging together. */
  private join(): void {
    if (this.link === "offset") this.keepOffset();
    else this.align(this.state.active);
  }

  /** The other pane follows `side`. */
  private align(side: Side): void {
    if (this.link === "none") return;
    const other = (1 - side) as Side;
    const offset = side === 0 ? this.state.offset : -this.state.offset;
    this.set(other, { slice: follow(this.seriesIn(side).stack, this.state.panes[side].slice, this.seriesIn(other).stack, offset) });
  }

  /** The reader has moved one pane alone: the two stay as far apart as they are now. */
  private keepOffset(): void {
    if (this.link === "none") return;
    const [left, right] = this.state.panes;
    const offset = apart(this.seriesIn(0).stack, left.slice, this.seriesIn(1).stack, right.slice);
    const isNearest = this.link === "position" && follow(this.seriesIn(0).stack, left.slice, this.seriesIn(1).stack, 0) === right.slice;
    this.change({ offset: isNearest ? 0 : offset });
  }

  private hungIn(side: Side) {
    return this.seriesIn(side).hung[this.state.panes[side].slice] as Series["hung"][number];
  }

  private opened(index: number): Pane {
    const series = this.series[index] as Series;
    const kept = this.windows.get(index) ?? { window: series.description.window, preset: "Auto" as const, isInverted: false };
    const window = kept.preset ? series.presets[kept.preset] : kept.window;
    const slice = this.places.get(index) ?? series.middle;
    return { series: index, slice, ...kept, window, isLoaded: series.isComplete, view: { centre: [0, 0, 0], mmPerPixel: 1 } };
  }

  /** A window sticks to its series, also while another one is shown. */
  private remember(side: Side): void {
    const { series, slice, window, preset, isInverted } = this.state.panes[side];
    this.windows.set(series, { window, preset, isInverted });
    this.places.set(series, slice);
  }

  private async load(series: Series): Promise<void> {
    await series.load(this.aborter.signal);
    for (const side of SIDES) if (this.seriesIn(side) === series) this.loaded(side);
  }

  /** A preset that was asked for while the series was loading is known only now. */
  private loaded(side: Side): void {
    const { preset, window } = this.state.panes[side];
    this.set(side, { isLoaded: true, window: preset ? this.seriesIn(side).presets[preset] : window });
  }

  private set(side: Side, part: Partial<Pane>): void {
    const panes = [...this.state.panes] as [Pane, Pane];
    panes[side] = { ...panes[side], ...part };
    this.change({ panes });
    void this.draw(side);
  }

  private change(part: Partial<StageState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }

  /** Shows the slice, then looks at it as the state says by then; a slice that was overtaken is not drawn. */
  private async draw(side: Side): Promise<void> {
    const screen = this.screens[side];
    if (!screen) return;
    const { series, slice } = this.state.panes[side];
    const shown = this.series[series] as Series;
    try {
      await screen.show(shown, slice);
    } catch {
      return; // told by load()
    }
    const { series: nowSeries, slice: nowSlice, view, window, isInverted } = this.state.panes[side];
    if (this.screens.length > 0 && nowSeries === series && nowSlice === slice) screen.look(shown, slice, view, window, isInverted);
  }
}
