/** Places on the panes: where the pointer is, and how to stand again where somebody stood. */
import { type Pane, SIDES, type Side } from "./panes";
import { type Place, type Spot, pointAt, within } from "./place";
import type { Series } from "./series";
import type { Stage } from "./stage";
import type { Preset, Window } from "./window";

/** The point under the pointer in the active pane, else the middle of that pane; null as long as its slice is not there. */
export function hereOn(stage: Stage): Place | null {
  const { active, sizes } = stage.snapshot();
  const [width, height] = sizes[active];
  return placeAt(stage, active, stage.pointer?.side === active ? stage.pointer.spot : { x: width / 2, y: height / 2 });
}

export function placeAt(stage: Stage, side: Side, spot: Spot): Place | null {
  const { panes, sizes } = stage.snapshot();
  const { slice, view, window } = panes[side];
  const series = stage.seriesIn(side);
  if (!series.has(slice)) return null;
  const hung = stage.hungIn(side);
  return {
    series: series.description.number, slice, point: within(hung, pointAt(spot, hung, view, sizes[side])),
    view: { centre: view.centre, mm_per_pixel: view.mmPerPixel, low: window.low, high: window.high },
  };
}

/** Stands where somebody stood before. */
export function goToPlace(stage: Stage, { series, slice, view }: Place): void {
  const side = showSlice(stage, series, slice);
  if (side === null) return;
  const window = { low: view.low, high: view.high };
  stage.setView(side, { centre: view.centre, mmPerPixel: view.mm_per_pixel });
  stage.setWindow(side, window, presetLike(stage.seriesIn(side), window));
}

/**
 * Each pane at a place of its own: they scroll on together, as far apart as they stand now. Where only one place is
 * known, the other pane follows. The windows stay: how somebody else looked is no evidence.
 */
export function compareAt(stage: Stage, places: [Place | undefined, Place | undefined]): void {
  const isAlone = places.includes(undefined);
  for (const side of SIDES) {
    const place = places[side];
    const index = place ? stage.series.findIndex(({ description }) => description.number === place.series) : -1;
    if (!place || index < 0) continue;
    if (stage.snapshot().panes[side].series !== index) stage.showSeries(side, index);
    const view = { centre: place.view.centre, mmPerPixel: place.view.mm_per_pixel };
    stage.goTo(side, place.slice, { alone: !isAlone });
    if (isAlone) stage.setView(side, view);
    else stage.setViewAlone(side, view);
  }
}

/** Shows a slice in the pane that has its series already, else in the active one, and says which; null if there is no such series. */
export function showSlice(stage: Stage, series: number, slice: number): Side | null {
  const index = stage.series.findIndex(({ description }) => description.number === series);
  if (index < 0) return null;
  const side = sideFor(stage, index);
  if (stage.snapshot().panes[side].series !== index) stage.showSeries(side, index);
  stage.activate(side);
  stage.goTo(side, slice);
  return side;
}

function sideFor(stage: Stage, index: number): Side {
  const { panes, active } = stage.snapshot();
  const showing = SIDES.filter((side) => panes[side].series === index && stage.isVisible(side));
  return showing.includes(active) ? active : showing[0] ?? active;
}

function presetLike({ presets }: Series, { low, high }: Window): Pane["preset"] {
  const names = Object.keys(presets) as Preset[];
  return names.find((name) => presets[name].low === low && presets[name].high === high) ?? "";
}
