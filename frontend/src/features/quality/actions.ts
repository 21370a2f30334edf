/** Everything a person can do with the images of a contact sheet, each with its key; as in the reading room where it is the same. */
import type { Action } from "@/lib/actions";
import { AS_OPENED, type Look, type Series, type Shades } from "@/viewer/sheet";
import { type Place, stepped } from "./place";

const STEP = 40; // pixels of a drag that a key stands for
const PAGE = 5; // slices

export const LOOKS: { look: Look; keys: string[]; label: string; short: string }[] = [
  { look: "window", keys: ["Shift+Digit1", "KeyA"], label: "Window: as the readers' opens", short: "Window" },
  { look: "range", keys: ["Shift+Digit2", "KeyR"], label: "Window: the full range of each slice", short: "Full range" },
  { look: "every", keys: ["Shift+Digit3", "KeyE"], label: "Window: every grey, so that hidden text shows", short: "Every grey" },
];

interface Context {
  series: Series[];
  place: Place | null;
  shades: Shades;
  setPlace: (place: Place | null) => void;
  setShades: (shades: Shades) => void;
  help: () => void;
}

export function sheetActions({ series, place, shades, setPlace, setShades, help }: Context): Action[] {
  const action = (name: string, keys: string[], label: string, perform: () => void, enabled = true): Action => ({
    name, keys, label, group: "Images", enabled, perform,
  });
  const go = (by: number) => () => place && setPlace(stepped(series, place, by));
  const goSeries = (by: number) => () => {
    const next = place && series[series.indexOf(place.series) + by];
    if (next) setPlace({ series: next, index: next.middle });
  };
  const brighter = (steps: number) => () => setShades({ ...shades, dy: shades.dy - steps * STEP });
  const isLarge = place !== null;
  return [
    action("slice-previous", ["ArrowUp", "ArrowLeft"], "Previous slice of the enlarged series", go(-1), isLarge),
    action("slice-next", ["ArrowDown", "ArrowRight"], "Next slice of the enlarged series", go(1), isLarge),
    action("slice-back", ["Shift+ArrowUp"], "Five slices back", go(-PAGE), isLarge),
    action("slice-on", ["Shift+ArrowDown"], "Five slices on", go(PAGE), isLarge),
    action("slice-first", ["Home"], "First slice", go(-Infinity), isLarge),
    action("slice-last", ["End"], "Last slice", go(Infinity), isLarge),
    action("series-previous", ["PageUp"], "Previous series", goSeries(-1), isLarge),
    action("series-next", ["PageDown"], "Next series", goSeries(1), isLarge),
    action("all-slices", ["Escape"], "All slices", () => setPlace(null), isLarge),
    ...LOOKS.map(({ look, keys, label }) => action(`look-${look}`, keys, label, () => setShades({ ...shades, look }))),
    action("brighter", ["KeyB"], "Brighter", brighter(1)),
    action("darker", ["KeyD"], "Darker", brighter(-1)),
    action("invert", ["KeyI"], "Invert", () => setShades({ ...shades, isInverted: !shades.isInverted })),
    action("reset", ["Space"], "Window as at first", () => setShades(AS_OPENED), isLarge),
    action("help", ["?"], "This sheet", help),
  ];
}
