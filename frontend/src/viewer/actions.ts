/** Everything a person can do with the images, each with its key. */
import type { SeriesRole } from "@/api/types";
import type { Action } from "@/lib/actions";
import type { Side } from "./panes";
import type { Series } from "./series";
import type { Stage } from "./stage";
import type { Preset } from "./window";

const PRESETS: [Preset, string[]][] = [
  ["Auto", ["Shift+Digit1", "KeyA"]],
  ["Marrow", ["Shift+Digit2"]],
  ["Bright fluid", ["Shift+Digit3"]],
  ["Wide", ["Shift+Digit4"]],
];
const PAGE = 5; // slices

export function viewerActions(stage: Stage): Action[] {
  const side = (): Side => stage.snapshot().active;
  const action = (name: string, keys: string[], label: string, perform: () => void, enabled = true): Action => ({
    name, keys, label, group: "Images", enabled, perform,
  });
  const scroll = (by: number, options?: { alone: boolean }) => () => stage.scroll(side(), by, options);
  const goTo = (where: (series: Series) => number) => () => stage.goTo(side(), where(stage.seriesIn(side())));
  const series = (by: number) => () => stage.showSeries(side(), stage.snapshot().panes[side()].series + by);
  const several = stage.series.length > 1;
  return [
    action("slice-previous", ["ArrowUp"], "Previous slice", scroll(-1)),
    action("slice-next", ["ArrowDown"], "Next slice", scroll(1)),
    action("slice-back", ["Shift+ArrowUp"], "Five slices back", scroll(-PAGE)),
    action("slice-on", ["Shift+ArrowDown"], "Five slices on", scroll(PAGE)),
    action("slice-previous-alone", ["Alt+ArrowUp"], "Previous slice of this pane only: the offset is kept", scroll(-1, { alone: true })),
    action("slice-next-alone", ["Alt+ArrowDown"], "Next slice of this pane only", scroll(1, { alone: true })),
    action("slice-first", ["Home"], "First slice", goTo(() => 0)),
    action("slice-middle", ["KeyM"], "Middle slice", goTo((one) => one.middle)),
    action("slice-last", ["End"], "Last slice", goTo((one) => one.length - 1)),
    action("series-previous", ["PageUp"], "Previous series in this pane", series(-1), several),
    action("series-next", ["PageDown"], "Next series in this pane", series(1), several),
    action("series-swap", ["KeyS"], "STIR or T1 in this pane", () => swap(stage, side()), several),
    action("series-t2", ["Shift+KeyS"], "T2 in this pane, or STIR again", () => toT2(stage, side()), stage.series.some(({ description }) => description.role === "T2")),
    action("pane-left", ["ArrowLeft"], "Left pane", () => stage.activate(0)),
    action("pane-right", ["ArrowRight"], "Right pane", () => stage.activate(1)),
    action("pane-full", ["KeyF"], "One pane or two", () => stage.toggleFull()),
    action("link", ["KeyL"], "Link the panes, or not; this ends an offset, too", () => stage.toggleLink()),
    action("lines", ["KeyC"], "Reference lines, or none", () => stage.toggleLines()),
    ...PRESETS.map(([preset, keys]) => action(`window-${preset}`, keys, `Window: ${preset}`, () => stage.setPreset(side(), preset))),
    action("invert", ["KeyI"], "Invert", () => stage.invert(side())),
    action("zoom-in", ["Equal", "Shift+Equal", "NumpadAdd"], "Zoom in", () => stage.zoom(side(), 1)),
    action("zoom-out", ["Minus", "NumpadSubtract"], "Zoom out", () => stage.zoom(side(), -1)),
    action("reset", ["Space"], "Pan, zoom and window as at first", () => stage.reset(side())),
    action("hide", ["KeyH"], "Hide the overlays while held", () => stage.hideOverlays(true)),
  ];
}

/** STIR becomes T1 and anything else STIR, in the same plane where there is one. */
function swap(stage: Stage, side: Side): void {
  showRole(stage, side, stage.seriesIn(side).description.role === "STIR" ? "T1" : "STIR");
}

function toT2(stage: Stage, side: Side): void {
  showRole(stage, side, stage.seriesIn(side).description.role === "T2" ? "STIR" : "T2");
}

function showRole(stage: Stage, side: Side, role: SeriesRole): void {
  const { plane } = stage.seriesIn(side).description;
  const found = stage.series.findIndex(({ description }) => description.role === role && description.plane === plane);
  const index = found >= 0 ? found : stage.series.findIndex(({ description }) => description.role === role);
  if (index >= 0) stage.showSeries(side, index);
}
