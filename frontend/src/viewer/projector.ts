/** Brings what the panes say on the screens, and keeps count of what was really on them. */
import type { ExposureMeter, Sight } from "./exposure";
import { type Pane, SIDES, type Side } from "./panes";
import type { Screen } from "./screen";
import type { Series } from "./series";
import type { Stage } from "./stage";

export class Projector {
  private readonly stage: Stage;
  private readonly screens: Screen[];
  private readonly meter: ExposureMeter;
  private readonly followed: (Pane | null)[] = [null, null];
  private readonly sights: (Sight | null)[] = [null, null];
  private readonly leave: () => void;
  private isOpen = true;

  constructor(stage: Stage, screens: Screen[], meter: ExposureMeter) {
    this.stage = stage;
    this.screens = screens;
    this.meter = meter;
    const unsubscribe = stage.subscribe(() => this.follow());
    const look = () => this.count();
    document.addEventListener("visibilitychange", look);
    this.leave = () => {
      unsubscribe();
      document.removeEventListener("visibilitychange", look);
    };
    this.follow();
  }

  close(): void {
    this.isOpen = false;
    this.leave();
    this.meter.see([], performance.now());
  }

  /** Also where nothing changed: the screens have another size. */
  redraw(): void {
    this.followed.fill(null);
    this.follow();
  }

  private follow(): void {
    const { panes } = this.stage.snapshot();
    for (const side of SIDES) {
      if (this.followed[side] === panes[side]) continue;
      this.followed[side] = panes[side];
      void this.draw(side);
    }
    this.count();
  }

  /** Shows the slice, then looks at it as the panes say by then; a slice that was overtaken is not drawn. */
  private async draw(side: Side): Promise<void> {
    const { series: at, slice } = this.stage.snapshot().panes[side];
    const series = this.stage.series[at] as Series;
    const screen = this.screens[side] as Screen;
    if (!series.has(slice)) this.blank(side);
    try {
      await series.slice(slice);
      await screen.show(series, slice);
    } catch {
      return; // the pane says why
    }
    const now = this.stage.snapshot().panes[side];
    if (!this.isOpen || now.series !== at || now.slice !== slice) return;
    screen.look(series, slice, now.view, now.window, now.isInverted);
    this.sights[side] = { series: series.description.number, slice, nSlices: series.length, ...now.window };
    this.count();
  }

  private blank(side: Side): void {
    this.screens[side]?.blank();
    this.sights[side] = null;
  }

  private count(): void {
    const isSeen = (side: Side) => document.visibilityState === "visible" && this.stage.isVisible(side);
    this.meter.see(SIDES.map((side) => (isSeen(side) ? (this.sights[side] ?? null) : null)), performance.now());
  }
}
