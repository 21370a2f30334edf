/** The mouse a radiologist knows: left window, middle pan, right zoom, wheel slices. */
import type { Side, Stage } from "./stage";

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

/** Listens on one pane; what it returns stops that. */
export function listen(element: HTMLElement, stage: Stage, side: Side): () => void {
  const stopper = new AbortController();
  const options = { signal: stopper.signal };
  let drag: Drag | null = null;
  let at = { x: 0, y: 0 };
  let rest = 0;
  element.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    (document.activeElement as HTMLElement | null)?.blur(); // or the keys would still go to a comment
    element.setPointerCapture(event.pointerId);
    stage.activate(side);
    at = { x: event.clientX, y: event.clientY };
    drag = dragOf(event);
  }, options);
  element.addEventListener("pointermove", (event) => {
    if (!drag) return;
    move(stage, side, drag, event.clientX - at.x, event.clientY - at.y); // movementX counts device pixels on some systems
    at = { x: event.clientX, y: event.clientY };
  }, options);
  for (const end of ["pointerup", "pointercancel"] as const) element.addEventListener(end, () => (drag = null), options);
  element.addEventListener("wheel", (event) => {
    event.preventDefault(); // or the page would zoom
    stage.activate(side);
    if (event.ctrlKey) return stage.zoom(side, -Math.sign(event.deltaY));
    const turned = wheelSteps(event.deltaY, event.deltaMode, rest);
    rest = turned.rest;
    if (turned.steps !== 0) stage.scroll(side, turned.steps, { alone: event.altKey });
  }, { ...options, passive: false });
  element.addEventListener("dblclick", () => stage.toggleFull(side), options);
  element.addEventListener("contextmenu", (event) => event.preventDefault(), options);
  element.addEventListener("auxclick", (event) => event.preventDefault(), options);
  return () => stopper.abort();
}
