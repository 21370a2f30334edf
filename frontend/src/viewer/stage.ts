/** How the panes move: slices, series, windows, pan and zoom, and what of it the other pane does too. */
import type { Vector } from "@/api/types";
import { add, scaled } from "./geometry";
import type { Images } from "./images";
import { type Link, apart, follow, linkOf } from "./linking";
import { type Pane, Panes, SIDES, type Side, otherThan } from "./panes";
import type { Spot, View } from "./place";
import type { Series } from "./series";
import { fitted, panned, zoomed, zoomedAt } from "./views";
import { type Preset, type Window, dragged } from "./window";

export class Stage extends Panes {
  constructor(images: Images) {
    super(images);
    this.join();
  }

  get link(): Link {
    return this.state.isLinked ? linkOf(this.seriesIn(0).stack, this.seriesIn(1).stack) : "none";
  }

  /** How far the right pane's slice lies from the left one's, in mm; null where the two cannot be compared. */
  get apart(): number | null {
    if (linkOf(this.seriesIn(0).stack, this.seriesIn(1).stack) !== "position") return null;
    return apart(this.seriesIn(0).stack, this.state.panes[0].slice, this.seriesIn(1).stack, this.state.panes[1].slice);
  }

  toggleLink(): void {
    this.change({ isLinked: !this.state.isLinked, offset: 0 });
    if (this.state.isLinked) this.join();
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
    this.setView(side, panned(this.state.panes[side].view, this.hungIn(side), dx, dy));
  }

  zoom(side: Side, steps: number): void {
    this.setView(side, zoomed(this.state.panes[side].view, steps));
  }

  zoomAt(side: Side, spot: Spot, factor: number): void {
    this.setView(side, zoomedAt(this.state.panes[side].view, this.hungIn(side), this.state.sizes[side], spot, factor));
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
    this.set(side, { view: fitted(this.hungIn(side), this.state.sizes[side]) });
  }

  /** The other pane moves and zooms as far. */
  setView(side: Side, view: View): void {
    const { centre, mmPerPixel } = this.state.panes[side].view;
    this.set(side, { view });
    if (this.link === "none") return;
    const other = otherThan(side);
    const moved: Vector = add(view.centre, scaled(centre, -1));
    const scale = view.mmPerPixel / mmPerPixel;
    const { view: theirs } = this.state.panes[other];
    this.set(other, { view: { centre: add(theirs.centre, moved), mmPerPixel: theirs.mmPerPixel * scale } });
  }

  /** This pane alone, where each shows something of its own. */
  setViewAlone(side: Side, view: View): void {
    this.set(side, { view });
  }

  /** Positions agree only within one frame of reference; across frames what is shown now is taken as belonging together. */
  private join(): void {
    if (this.link === "offset") this.keepOffset();
    else this.align(this.state.active);
  }

  /** The other pane follows `side`. */
  private align(side: Side): void {
    if (this.link === "none") return;
    const other = otherThan(side);
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


}
