/** The stage on its two elements: screens, hands, sizes. */
import type { ExposureMeter } from "./exposure";
import { listen } from "./mouse";
import { SIDES, type Side } from "./panes";
import type { Place, Size } from "./place";
import { Projector } from "./projector";
import type { Stage } from "./stage";

/** Large, so it is asked for as soon as a room may be opened; description and pixels travel beside it. */
const fetchScreens = () => import("./cornerstone");
if (typeof document !== "undefined") fetchScreens().catch(() => undefined); // openStage says what went wrong

interface Options {
  stage: Stage;
  elements: [HTMLDivElement, HTMLDivElement];
  meter: ExposureMeter;
  onPin: (place: Place) => void;
  onFailure: (error: unknown) => void;
}

/** What it returns takes it all down. */
export function openStage({ stage, elements, meter, onPin, onFailure }: Options): () => void {
  const closing = new AbortController();
  measure(stage, elements);
  stage.fit();
  for (const side of SIDES) listen(elements[side].parentElement as HTMLElement, { stage, side, onPin, signal: closing.signal });
  fetchScreens().then(({ openScreens }) => {
    if (closing.signal.aborted) return;
    const { screens, resize, close } = openScreens(elements);
    const projector = new Projector(stage, screens, meter);
    const stop = watchSizes(elements, () => {
      resize();
      measure(stage, elements);
      projector.redraw();
    });
    const leave = watchFull(stage, () => projector.redraw());
    closing.signal.addEventListener("abort", () => {
      stop();
      leave();
      projector.close();
      close();
    });
  }).catch(onFailure);
  return () => closing.abort();
}

function watchSizes(elements: HTMLElement[], onChange: () => void): () => void {
  const observer = new ResizeObserver(onChange);
  for (const element of elements) observer.observe(element);
  return () => observer.disconnect();
}

/** Alone and back again within one frame, a pane has changed no size, and may have been drawn at the one in between. */
function watchFull(stage: Stage, onChange: () => void): () => void {
  let { full } = stage.snapshot();
  return stage.subscribe(() => {
    const before = full;
    full = stage.snapshot().full;
    if (full !== before) requestAnimationFrame(onChange);
  });
}

/** A pane that is not shown has no size; it keeps the one it had. */
function measure(stage: Stage, elements: [HTMLDivElement, HTMLDivElement]): void {
  const before = stage.snapshot().sizes;
  const sizeOf = (side: Side): Size => {
    const { clientWidth, clientHeight } = elements[side];
    return clientWidth > 0 && clientHeight > 0 ? [clientWidth, clientHeight] : before[side];
  };
  stage.resize([sizeOf(0), sizeOf(1)]);
}
