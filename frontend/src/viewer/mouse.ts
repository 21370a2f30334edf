/** Hands on a pane. The mouse a radiologist knows: left window, middle pan, right zoom, wheel slices. Fingers: touch.ts. */
import type { Side } from "./panes";
import type { Place, Spot } from "./place";
import type { Stage } from "./stage";
import { Fingers } from "./touch";

const ZOOM_PIXELS = 30; // of a right drag make one step
const WHEEL_LINE = 40; // pixels of a fine wheel or a trackpad make one slice

type Drag = "window" | "pan" | "zoom";

function dragOf(event: PointerEvent): Drag {
  if (event.button === 1 || (event.button === 0 && event.shiftKey)) return "pan";
  return event.button === 2 ? "zoom" : "window";
}

function move(stage: Stage, side: Side, drag: Drag, dx: number, dy: number): void {
  if (drag === "window") stage.dragWindow(side, dx, dy);
  else if (drag === "pan") stage.pan(side, dx, dy);
  else stage.zoom(side, -dy / ZOOM_PIXELS);
}

/** Slices a wheel event stands for: a notch is one, a trackpad adds up. */
export function wheelSteps(deltaY: number, deltaMode: number, rest: number): { steps: number; rest: number } {
  if (deltaMode !== 0 || Math.abs(deltaY) >= 100) return { steps: Math.sign(deltaY), rest: 0 };
  const total = rest + deltaY / WHEEL_LINE;
  const steps = Math.trunc(total);
  return { steps, rest: total - steps };
}

interface Options {
  stage: Stage;
  side: Side;
  onPin: (place: Place) => void;
  signal: AbortSignal;
}

/** Listens on one pane until the signal is given. */
export function listen(element: HTMLElement, { stage, side, onPin, signal }: Options): void {
  const fingers = new Fingers(stage, side, onPin);
  let drag: Drag | null = null;
  let at: Spot = { x: 0, y: 0 };
  const spotOf = ({ clientX, clientY }: PointerEvent): Spot => {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Element && event.target.closest("button")) return; // it is there to be pressed
    event.preventDefault();
    (document.activeElement as HTMLElement | null)?.blur(); // or the keys would still go to a comment
    element.setPointerCapture(event.pointerId);
    stage.activate(side);
    at = spotOf(event);
    if (event.pointerType === "touch") fingers.down(event.pointerId, at);
    else drag = dragOf(event);
  }, { signal });
  element.addEventListener("pointermove", (event) => {
    const spot = spotOf(event); // movementX counts device pixels on some systems
    if (event.pointerType === "touch") return fingers.move(event.pointerId, spot);
    stage.pointer = { side, spot };
    if (drag) move(stage, side, drag, spot.x - at.x, spot.y - at.y);
    at = spot;
  }, { signal });
  element.addEventListener("pointerleave", () => (stage.pointer = null), { signal });
  for (const end of ["pointerup", "pointercancel"] as const) {
    element.addEventListener(end, (event) => {
      fingers.up(event.pointerId);
      drag = null;
    }, { signal });
  }
  element.addEventListener("dblclick", () => stage.toggleFull(side), { signal });
  element.addEventListener("contextmenu", (event) => event.preventDefault(), { signal });
  element.addEventListener("auxclick", (event) => event.preventDefault(), { signal });
  listenToWheel(element, stage, side, signal);
}

function listenToWheel(element: HTMLElement, stage: Stage, side: Side, signal: AbortSignal): void {
  let rest = 0;
  element.addEventListener("wheel", (event) => {
    event.preventDefault(); // or the page would zoom
    stage.activate(side);
    if (event.ctrlKey) return stage.zoom(side, -Math.sign(event.deltaY));
    const turned = wheelSteps(event.deltaY, event.deltaMode, rest);
    rest = turned.rest;
    if (turned.steps !== 0) stage.scroll(side, turned.steps, { alone: event.altKey });
  }, { signal, passive: false });
}
