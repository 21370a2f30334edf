import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { placeAt } from "./places";
import type { Stage } from "./stage";
import { Fingers, handOf } from "./touch";

vi.mock("./places", () => ({ placeAt: vi.fn(() => "here") }));

const hand = { scroll: vi.fn(), pan: vi.fn(), zoomAt: vi.fn(), dragWindow: vi.fn() };
const onPin = vi.fn();
let fingers: Fingers;

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  fingers = new Fingers(hand as unknown as Stage, 0, onPin);
});
afterEach(() => void vi.useRealTimers());

it("measures a hand by its middle and how far the fingers are spread", () => {
  expect(handOf([{ x: 0, y: 0 }, { x: 30, y: 40 }])).toEqual({ middle: { x: 15, y: 20 }, spread: 25 });
});

describe("one finger", () => {
  it("scrolls, a slice every 24 pixels, up and down", () => {
    fingers.down(1, { x: 0, y: 0 });
    for (const y of [10, 20, 30, 60]) fingers.move(1, { x: 0, y });
    expect(hand.scroll.mock.calls).toEqual([[0, 1], [0, 1]]);
    fingers.move(1, { x: 0, y: 0 });
    expect(hand.scroll).toHaveBeenLastCalledWith(0, -2);
  });

  it("that rests for half a second drops a pin, and does nothing more", () => {
    fingers.down(1, { x: 40, y: 50 });
    fingers.move(1, { x: 42, y: 53 });
    vi.advanceTimersByTime(501);
    expect(onPin).toHaveBeenCalledExactlyOnceWith("here");
    expect(placeAt).toHaveBeenCalledWith(hand, 0, { x: 40, y: 50 });
    fingers.move(1, { x: 42, y: 200 });
    expect(hand.scroll).not.toHaveBeenCalled();
  });

  it("that moves, or is lifted, drops none", () => {
    fingers.down(1, { x: 40, y: 50 });
    fingers.move(1, { x: 40, y: 60 });
    vi.advanceTimersByTime(501);
    fingers.up(1);
    fingers.down(1, { x: 40, y: 50 });
    fingers.up(1);
    vi.advanceTimersByTime(501);
    expect(onPin).not.toHaveBeenCalled();
  });
});

describe("two fingers", () => {
  beforeEach(() => {
    fingers.down(1, { x: 100, y: 100 });
    fingers.down(2, { x: 200, y: 100 });
  });

  it("zoom by how they part and pan by how they move", () => {
    fingers.move(2, { x: 300, y: 100 });
    expect(hand.zoomAt).toHaveBeenCalledWith(0, { x: 200, y: 100 }, 2);
    expect(hand.pan).toHaveBeenCalledWith(0, 50, 0);
  });

  it("drop no pin, and the one that is lifted last does not scroll", () => {
    vi.advanceTimersByTime(501);
    fingers.up(2);
    fingers.move(1, { x: 100, y: 300 });
    expect(onPin).not.toHaveBeenCalled();
    expect(hand.scroll).not.toHaveBeenCalled();
  });
});

it("three fingers change the window", () => {
  for (const id of [1, 2, 3]) fingers.down(id, { x: id * 50, y: 100 });
  fingers.move(3, { x: 180, y: 130 });
  expect(hand.dragWindow).toHaveBeenCalledWith(0, 10, 10);
});
