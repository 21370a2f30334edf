import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Images } from "./images";
import { axial, manifest, stir } from "./images.fixture";
import { spotOf } from "./place";
import { compareAt, goToPlace, hereOn, showSlice } from "./places";
import { Stage } from "./stage";

const SLICE = gzipSync(new Uint8Array(2 * 100 * 100));
const loaded = { series: manifest.series.map((one) => ({ ...one, slices: one.slices.map((slice) => ({ ...slice, bytes: SLICE.length })) })) };
const roles = () => [stage.seriesIn(0).description.number, stage.seriesIn(1).description.number];

let stage: Stage;

beforeEach(async () => {
  vi.stubGlobal("fetch", (path: string) => {
    const { length } = loaded.series.find(({ pixels }) => pixels === path)?.slices ?? [];
    return Promise.resolve(new Response(Buffer.concat(Array<Buffer>(length).fill(SLICE))));
  });
  const images = new Images(loaded);
  stage = new Stage(images);
  stage.resize([[500, 500], [500, 500]]);
  stage.fit();
  await images.loadAll();
});

describe("here", () => {
  it("is the middle of the active pane when the mouse is elsewhere", () => {
    stage.pointer = { side: 1, spot: { x: 5, y: 5 } };
    expect(hereOn(stage)).toMatchObject({ series: 1, slice: 2, point: [0, 0, 0], view: { low: 0, high: 100 } });
  });

  it("is the point under the mouse", () => {
    stage.pan(0, 13, -7);
    stage.pointer = { side: 0, spot: { x: 120, y: 310 } };
    const place = hereOn(stage);
    const { view } = stage.snapshot().panes[0];
    const spot = place && spotOf(place.point, stage.hungIn(0), view, [500, 500]);
    expect(spot?.x).toBeCloseTo(120);
    expect(spot?.y).toBeCloseTo(310);
  });

  it("is nowhere as long as there is no image", () => {
    expect(hereOn(new Stage(new Images(manifest)))).toBeNull();
  });
});

describe("going to a place", () => {
  it("stands where it was taken: slice, middle, zoom and window, whatever was done since", () => {
    stage.goTo(0, 4);
    stage.zoom(0, 3);
    stage.setWindow(0, { low: 10, high: 50 });
    const place = hereOn(stage);
    stage.reset(0);
    stage.goTo(0, 0);
    if (place) goToPlace(stage, place);
    expect(hereOn(stage)).toEqual(place);
    expect(stage.snapshot().panes[1].slice).toBe(4);
  });

  it("uses the pane that shows the series already", () => {
    stage.activate(1);
    showSlice(stage, stir.number, 3);
    expect(roles()).toEqual([1, 2]);
    expect(stage.snapshot()).toMatchObject({ active: 0, panes: [{ slice: 3 }, { slice: 3 }] });
  });

  it("brings a series that hangs nowhere into the active pane", () => {
    stage.activate(1);
    showSlice(stage, axial.number, 2);
    expect(roles()).toEqual([1, 4]);
    expect(stage.snapshot().panes[1].slice).toBe(2);
  });

  it("does not use a pane that is not to be seen", () => {
    stage.toggleFull(1);
    showSlice(stage, stir.number, 3);
    expect(roles()).toEqual([1, 1]);
  });

  it("stays where it is when there is no such series", () => {
    const before = stage.snapshot();
    expect(showSlice(stage, 99, 0)).toBeNull();
    expect(stage.snapshot()).toBe(before);
  });
});

describe("comparing two places", () => {
  const at = (series: number, slice: number) => {
    const place = hereOn(stage);
    if (!place) throw new Error("the images are not there");
    return { ...place, series, slice };
  };
  const slices = () => stage.snapshot().panes.map(({ slice }) => slice);

  it("shows each in a pane of its own, and they scroll on as far apart", () => {
    compareAt(stage, [at(1, 1), at(1, 3)]);
    expect([roles(), slices()]).toEqual([[1, 1], [1, 3]]);
    stage.scroll(0, 1);
    expect(slices()).toEqual([2, 4]);
  });

  it("lets the other pane follow where only one place is known", () => {
    compareAt(stage, [undefined, at(2, 1)]);
    expect([roles(), slices()]).toEqual([[1, 2], [1, 1]]);
  });

  it("leaves the windows as they are", () => {
    const before = stage.snapshot().panes.map(({ window }) => window);
    const narrow = { ...at(1, 1), view: { ...at(1, 1).view, low: 1, high: 2 } };
    compareAt(stage, [narrow, at(2, 3)]);
    expect(stage.snapshot().panes.map(({ window }) => window)).toEqual(before);
  });
});
