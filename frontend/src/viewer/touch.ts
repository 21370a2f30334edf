/** Fingers on a pane: one scrolls, two zoom and pan, three window, and one that rests drops a pin. */
import type { Side } from "./panes";
import type { Place, Spot } from "./place";
import { placeAt } from "./places";
import type { Stage } from "./stage";

const SLICE_PIXELS = 24; // of one finger's way make one slice
const LONG_MS = 500;
const STILL_PIXELS = 8; // a resting finger trembles

/** The middle of the fingers, and how far they lie from it on average. */
export function handOf(spots: Spot[]): { middle: Spot; spread: number } {
  const mean = (of: (spot: Spot) => number) => spots.reduce((sum, spot) => sum + of(spot), 0) / spots.length;
  const middle = { x: mean(({ x }) => x), y: mean(({ y }) => y) };
  return { middle, spread: mean(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)) };
}

/** The fingers on one pane. What a gesture is, the most fingers it had decide: the last one to leave does not begin another. */
export class Fingers {
  private readonly stage: Stage;
  private readonly side: Side;
  private readonly onPin: (place: Place) => void;
  private readonly spots = new Map<number, Spot>();
  private most = 0;
  private way = 0;
  private began: Spot = { x: 0, y: 0 };
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(stage: Stage, side: Side, onPin: (place: Place) => void) {
    this.stage = stage;
    this.side = side;
    this.onPin = onPin;
  }

  down(id: number, spot: Spot): void {
    this.spots.set(id, spot);
    this.most = Math.max(this.most, this.spots.size);
    clearTimeout(this.resting);
    if (this.most > 1) return;
    [this.way, this.began] = [0, spot];
    this.resting = setTimeout(() => this.rested(), LONG_MS);
  }

  move(id: number, spot: Spot): void {
    if (!this.spots.has(id)) return;
    const before = handOf([...this.spots.values()]);
    this.spots.set(id, spot);
    if (this.spots.size === this.most) this.gesture(before, handOf([...this.spots.values()]));
  }

  up(id: number): void {
    clearTimeout(this.resting);
    this.spots.delete(id);
    if (this.spots.size === 0) this.most = 0;
  }

  private gesture(before: ReturnType<typeof handOf>, { middle, spread }: ReturnType<typeof handOf>): void {
    const [dx, dy] = [middle.x - before.middle.x, middle.y - before.middle.y];
    if (this.most === 1) return this.scroll(middle, dy);
    if (this.most > 2) return this.stage.dragWindow(this.side, dx, dy);
    this.stage.pan(this.side, dx, dy);
    if (before.spread > 0 && spread > 0) this.stage.zoomAt(this.side, middle, spread / before.spread);
  }

  private scroll(spot: Spot, dy: number): void {
    if (Math.hypot(spot.x - this.began.x, spot.y - this.began.y) > STILL_PIXELS) clearTimeout(this.resting);
    this.way += dy;
    const slices = Math.trunc(this.way / SLICE_PIXELS);
    this.way -= slices * SLICE_PIXELS;
    if (slices !== 0) this.stage.scroll(this.side, slices);
  }

  /** The finger has said what it meant: what it does until it is lifted is nothing. */
  private rested(): void {
    this.most = Number.POSITIVE_INFINITY;
    const place = placeAt(this.stage, this.side, this.began);
    if (place) this.onPin(place);
  }
}
