/** The only door to cornerstone3D, with screen.ts and slices.ts behind it. Everything else in this folder is ours. */
import { Enums, RenderingEngine, type StackViewport, init, setUseCPURendering } from "@cornerstonejs/core";
import { renderer } from "./renderer";
import { Screen } from "./screen";
import { offerSlices } from "./slices";

const BACKGROUND: [number, number, number] = [0, 0, 0];

let isReady = false;
let engines = 0;

function prepare(): void {
  if (isReady) return;
  isReady = true;
  init();
  setUseCPURendering(renderer() === "CPU");
  offerSlices();
}

/** Screens on the given elements, and what takes them away again. */
export function openScreens(elements: HTMLDivElement[]): { screens: Screen[]; resize: () => void; close: () => void } {
  prepare();
  const id = `engine-${++engines}`;
  const engine = new RenderingEngine(id);
  const inputs = elements.map((element, place) => ({
    viewportId: `${id}-${place}`, type: Enums.ViewportType.STACK, element, defaultOptions: { background: BACKGROUND },
  }));
  engine.setViewports(inputs);
  const screens = inputs.map(({ viewportId }) => new Screen(engine.getViewport(viewportId) as StackViewport, viewportId));
  const close = () => {
    for (const screen of screens) screen.forget();
    engine.destroy();
  };
  const resize = () => {
    const isMeasured = screens.every((screen) => screen.hasImage); // before that, it would measure nothing
    if (isMeasured && renderer() === "GPU") engine.resize(true, true);
  };
  return { screens, resize, close };
}
