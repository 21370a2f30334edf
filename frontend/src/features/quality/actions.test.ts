import { expect, test, vi } from "vitest";
import { AS_OPENED, type Series } from "@/viewer/sheet";
import { sheetActions } from "./actions";
import type { Place } from "./place";

const stir = { length: 7, middle: 3 } as Series;
const t1 = { length: 5, middle: 2 } as Series;

function at(place: Place | null) {
  const [setPlace, setShades] = [vi.fn(), vi.fn()];
  const actions = sheetActions({ series: [stir, t1], place, shades: AS_OPENED, setPlace, setShades, help: vi.fn() });
  const perform = (name: string) => actions.find((one) => one.name === name)?.perform();
  return { actions, perform, setPlace, setShades };
}

test("steps stop at the ends of a series", () => {
  const { perform, setPlace } = at({ series: stir, index: 5 });
  perform("slice-next");
  perform("slice-on");
  perform("slice-first");
  expect(setPlace.mock.calls.map(([place]) => (place as Place).index)).toEqual([6, 6, 0]);
});

test("the next series opens at its middle slice; after the last there is none", () => {
  const { perform, setPlace } = at({ series: stir, index: 0 });
  perform("series-next");
  perform("series-previous");
  expect(setPlace.mock.calls).toEqual([[{ series: t1, index: 2 }]]);
});

test("without an enlarged slice, arrows and Escape are left to the page", () => {
  const asleep = at(null).actions.filter(({ enabled }) => !enabled).flatMap(({ keys }) => keys);
  expect(asleep).toEqual(expect.arrayContaining(["ArrowUp", "ArrowDown", "PageDown", "Home", "End", "Escape", "Space"]));
});

test("brighter and darker undo each other", () => {
  const { perform, setShades } = at(null);
  perform("brighter");
  perform("darker");
  expect(setShades.mock.calls.map(([shades]) => shades.dy)).toEqual([-40, 40]);
});

test("no two actions share a key", () => {
  const keys = at({ series: stir, index: 0 }).actions.flatMap((one) => one.keys);
  expect(new Set(keys).size).toBe(keys.length);
});
