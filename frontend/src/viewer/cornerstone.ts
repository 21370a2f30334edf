/** The only door to cornerstone3D: screens on which slices are shown. Everything else in this folder is ours and pure. */
import { Enums, RenderingEngine, type StackViewport, type Types, cache, imageLoader, init, metaData, setUseCPURendering, utilities } from "@cornerstonejs/core";
import { type Hung, add, scaled } from "./geometry";
import { type View, normalOf, ontoSlice } from "./place";
import type { Pixels } from "./plane";
import { renderer } from "./renderer";
import { storedWindow, turnsGreys } from "./rescale";
import type { Series } from "./series";
import type { Window } from "./window";

const SCHEME = "dens";
const BACKGROUND: [number, number, number] = [0, 0, 0];
const CAMERA = 500; // mm from the slice. Its range must be given: on a graphics card a stale one clips the slice away

const shownAs = new Map<string, { series: Series; index: number }>();
let isReady = false;
let engines = 0;

function prepare(): void {
  if (isReady) return;
  isReady = true;
  init();
  setUseCPURendering(renderer() === "CPU");
  imageLoader.registerImageLoader(SCHEME, (imageId) => ({ promise: imageOf(imageId) as unknown as Promise<Types.IImage> }));
  metaData.addProvider(describe);
}

function placeOf(imageId: string) {
  const place = shownAs.get(imageId);
  if (!place) throw new Error(`${imageId} is not on a screen.`);
  return place;
}

async function imageOf(imageId: string) {
  const { series, index } = placeOf(imageId);
  const pixels = await series.slice(index);
  const { rows, columns, rowSpacing, columnSpacing } = placeOf(imageId).series.hung[index] as Series["hung"][number];
  const [low, high] = extremes(pixels);
  return {
    imageId, rows, columns, height: rows, width: columns, rowPixelSpacing: rowSpacing, columnPixelSpacing: columnSpacing,
    minPixelValue: low, maxPixelValue: high, slope: 1, intercept: 0, windowCenter: (low + high) / 2, windowWidth: high - low,
    voiLUTFunction: Enums.VOILUTFunctionType.LINEAR, color: false, rgba: false, numberOfComponents: 1, invert: false,
    photometricInterpretation: "MONOCHROME2", dataType: pixels.constructor.name, sizeInBytes: pixels.byteLength,
    getPixelData: () => pixels,
    voxelManager: utilities.VoxelManager.createImageVoxelManager({ width: columns, height: rows, numberOfComponents: 1, scalarData: pixels, id: imageId }),
  };
}

function extremes(pixels: Pixels): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of pixels) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, Math.max(high, low + 1)];
}

/** What cornerstone asks about a slice: geometry and pixel format, nothing else exists here. */
function describe(type: string, imageId: string): unknown {
  const place = shownAs.get(imageId);
  if (!place) return undefined;
  const hung = place.series.hung[place.index] as Series["hung"][number];
  switch (type) {
    case Enums.MetadataModules.IMAGE_PLANE:
      return {
        frameOfReferenceUID: String(place.series.stack.frame), rows: hung.rows, columns: hung.columns,
        imageOrientationPatient: [...hung.rowDirection, ...hung.columnDirection], rowCosines: hung.rowDirection,
        columnCosines: hung.columnDirection, imagePositionPatient: hung.position, pixelSpacing: [hung.rowSpacing, hung.columnSpacing],
        rowPixelSpacing: hung.rowSpacing, columnPixelSpacing: hung.columnSpacing,
      };
    case Enums.MetadataModules.IMAGE_PIXEL:
      return {
        rows: hung.rows, columns: hung.columns, bitsAllocated: 16, bitsStored: 16, highBit: 15, samplesPerPixel: 1,
        photometricInterpretation: "MONOCHROME2", pixelRepresentation: place.series.description.is_signed ? 1 : 0,
      };
    case Enums.MetadataModules.GENERAL_SERIES:
      return { modality: "MR" };
    default:
      return undefined;
  }
}

/** One pane's screen. `show` resolves when the slice is there; `look` turns the shared view into a camera. */
export class Screen {
  private readonly viewport: StackViewport;
  private readonly prefix: string;
  private readonly ids = new Map<Series, string[]>();
  private shown: Series | undefined;
  private stacked: Promise<unknown> = Promise.resolve();
  hasImage = false;

  constructor(viewport: StackViewport, prefix: string) {
    this.viewport = viewport;
    this.prefix = prefix;
  }

  async show(series: Series, index: number): Promise<void> {
    if (this.shown !== series) {
      this.shown = series;
      this.stacked = this.viewport.setStack(this.idsOf(series), index);
    }
    await this.stacked; // a stack answers for a slice only when its first one is there
    if (this.shown === series) await this.viewport.setImageIdIndex(index);
    this.hasImage = true;
  }

  look(series: Series, index: number, view: View, window: Window, isInverted: boolean): void {
    const hung = series.hung[index] as Series["hung"][number];
    // The window is in values, the textures hold stored pixels, and slices of one series may differ in slope: the two
    // paths of cornerstone treat a slope differently, so it is told of none.
    const rescale = series.rescale(index);
    const { low, high } = storedWindow(window, rescale);
    this.viewport.setProperties({ voiRange: { lower: low, upper: high }, invert: isInverted !== turnsGreys(rescale) });
    this.viewport.setCamera(renderer() === "GPU" ? this.cameraOfCard(hung, view) : this.cameraOfSoftware(hung, view));
    this.viewport.element.style.visibility = "";
    this.viewport.render();
  }

  private cameraOfCard(hung: Hung, view: View): Types.ICamera {
    const focalPoint = ontoSlice(hung, view.centre);
    const position = add(focalPoint, scaled(normalOf(hung), -CAMERA));
    const parallelScale = (view.mmPerPixel * this.viewport.element.clientHeight) / 2;
    return { focalPoint, position, parallelScale, clippingRange: [1, 2 * CAMERA] };
  }

  /**
   * The other path takes the centre of a pixel for its left top corner, and with pixels that are not square it zooms by
   * the shorter side whatever the camera says: half a pixel further, and by a scale of our own, both draw the same.
   */
  private cameraOfSoftware(hung: Hung, view: View): Types.ICamera {
    const { rowDirection, columnDirection, columnSpacing, rowSpacing } = hung;
    const half = add(scaled(rowDirection, columnSpacing / 2), scaled(columnDirection, rowSpacing / 2));
    this.fitCanvas();
    const { canvas, element } = this.viewport;
    const scale = (Math.min(rowSpacing, columnSpacing) / view.mmPerPixel) * (canvas.height / element.clientHeight);
    return { focalPoint: add(ontoSlice(hung, view.centre), half), scale };
  }

  /** Nothing, until the next look: another slice under this one's number would be taken for it. */
  blank(): void {
    this.viewport.element.style.visibility = "hidden";
  }

  /** That path also forgets how fine the pixels of a screen are, and then looks beside the middle of its canvas. */
  private fitCanvas(): void {
    const { canvas, element } = this.viewport;
    const [width, height] = [element.clientWidth, element.clientHeight].map((one) => Math.round(one * window.devicePixelRatio)) as [number, number];
    if (width > 0 && (canvas.width !== width || canvas.height !== height)) [canvas.width, canvas.height] = [width, height];
  }

  forget(): void {
    for (const id of [...this.ids.values()].flat()) {
      shownAs.delete(id);
      if (cache.getImageLoadObject(id)) cache.removeImageLoadObject(id);
    }
  }

  private idsOf(series: Series): string[] {
    const known = this.ids.get(series);
    if (known) return known;
    const ids = series.hung.map((_, index) => `${SCHEME}:${this.prefix}/${series.description.number}/${index}`);
    ids.forEach((id, index) => shownAs.set(id, { series, index }));
    this.ids.set(series, ids);
    return ids;
  }
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
