import { beforeEach, describe, expect, it } from "vitest";
import { Images, hangingOf } from "./images";
import { axial, manifest, series, stir, t1, t2 } from "./images.fixture";
import { Stage } from "./stage";

let stage: Stage;
const shown = () => stage.snapshot().panes.map((pane, side) => [stage.seriesIn(side === 0 ? 0 : 1).description.role, pane.slice]);

beforeEach(() => {
  stage = new Stage(new Images(manifest));
  stage.resize([[500, 500], [500, 500]]);
  stage.fit();
});

describe("hanging", () => {
  it("puts STIR left and T1 right, both at the midsagittal slice", () => {
    expect(shown()).toEqual([["STIR", 2], ["T1", 2]]);
  });

  it("shows what there is where a role is missing", () => {
    expect(hangingOf({ series: [t2, axial] })).toEqual([0, 1]);
    expect(hangingOf({ series: [t1] })).toEqual([0, 0]);
  });

  it("opens both in the same mm per pixel, on the same point", () => {
    const [left, right] = stage.snapshot().panes;
    expect(left.view).toEqual(right.view);
  });
});

describe("scrolling", () => {
  it("takes the other pane along by position", () => {
    stage.goTo(0, 4);
    expect(shown()).toEqual([["STIR", 4], ["T1", 4]]);
    expect(stage.apart).toBeCloseTo(-0.8);
  });

  it("stops at the last slice", () => {
    stage.scroll(0, 99);
    expect(shown()[0]).toEqual(["STIR", 4]);
  });

  it("moves one pane alone, and keeps the offset from then on", () => {
    stage.scroll(1, 1, { alone: true });
    expect(shown()).toEqual([["STIR", 2], ["T1", 3]]);
    stage.scroll(0, 1);
    expect(shown()).toEqual([["STIR", 3], ["T1", 4]]);
    expect(stage.snapshot().offset).not.toBe(0);
  });

  it("leaves the other pane alone when the link is off, and brings it back when it is on", () => {
    stage.toggleLink();
    stage.goTo(0, 0);
    expect(shown()).toEqual([["STIR", 0], ["T1", 2]]);
    stage.toggleLink();
    expect(shown()).toEqual([["STIR", 0], ["T1", 0]]);
  });

  it("starts from both middles where the frames of reference differ, for their millimetres have nothing in common", () => {
    const elsewhere = series(2, "T1", [31.2, 35.6, 40, 44.4, 48.8], { frame: 2 });
    stage = new Stage(new Images({ series: [stir, elsewhere] }));
    expect([stage.link, ...shown()]).toEqual(["offset", ["STIR", 2], ["T1", 2]]);
    stage.goTo(0, 4);
    expect(shown()).toEqual([["STIR", 4], ["T1", 4]]);
  });

  it("takes what is shown as belonging together when such stacks are linked again", () => {
    const elsewhere = series(2, "T1", [31.2, 35.6, 40, 44.4, 48.8], { frame: 2 });
    stage = new Stage(new Images({ series: [stir, elsewhere] }));
    stage.toggleLink();
    stage.goTo(1, 3);
    stage.toggleLink();
    stage.scroll(0, 1);
    expect(shown()).toEqual([["STIR", 3], ["T1", 4]]);
  });

  it("does not link across planes", () => {
    stage.showSeries(1, manifest.series.indexOf(axial));
    stage.goTo(0, 0);
    expect(stage.link).toBe("none");
    expect(shown()).toEqual([["STIR", 0], ["T2", 1]]);
  });
});

describe("looking", () => {
  it("zooms and pans both panes", () => {
    stage.zoom(0, 2);
    stage.pan(1, 10, -5);
    const [left, right] = stage.snapshot().panes;
    expect(left.view.mmPerPixel).toBeCloseTo(right.view.mmPerPixel);
    left.view.centre.forEach((value, axis) => expect(value).toBeCloseTo(right.view.centre[axis] as number));
  });

  it("follows the hand: a drag to the right brings what is anterior into view", () => {
    const before = stage.snapshot().panes[0].view.centre[1];
    stage.pan(0, 10, 0);
    expect(stage.snapshot().panes[0].view.centre[1]).toBeLessThan(before);
  });

  it("windows one pane and not the other", () => {
    stage.setWindow(0, { low: 5, high: 50 });
    expect(stage.snapshot().panes.map((pane) => pane.window.high)).toEqual([50, 200]);
  });

  it("keeps the window of a series while another one is shown, and its place", () => {
    stage.setWindow(0, { low: 5, high: 50 });
    stage.showSeries(0, manifest.series.indexOf(t2));
    expect(shown()[0]).toEqual(["T2", 2]);
    stage.showSeries(0, manifest.series.indexOf(stir));
    expect(stage.snapshot().panes[0].window).toEqual({ low: 5, high: 50 });
  });

  it("shows another series at the same position of the patient", () => {
    stage.goTo(0, 4);
    stage.showSeries(0, manifest.series.indexOf(t1));
    expect(shown()[0]).toEqual(["T1", 4]);
  });

  it("goes back to how it opened", () => {
    const before = stage.snapshot().panes[0].view;
    stage.zoom(0, 3);
    stage.invert(0);
    stage.setWindow(0, { low: 5, high: 50 });
    stage.reset(0);
    expect(stage.snapshot().panes[0]).toMatchObject({ view: before, isInverted: false, window: { low: 0, high: 100 }, preset: "Auto" });
  });
});
