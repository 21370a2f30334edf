/** One pane's screen: which slice is on it, and from where it is looked at. */
import { type StackViewport, type Types, cache } from "@cornerstonejs/core";
import { type Hung, add, scaled } from "./geometry";
import { type View, normalOf, ontoSlice } from "./place";
import { renderer } from "./renderer";
import { storedWindow, turnsGreys } from "./rescale";
import type { Series } from "./series";
import { nameSlices, withdraw } from "./slices";
import type { Window } from "./window";

const CAMERA = 500; // mm from the slice. Its range must be given: on a graphics card a stale one clips the slice away

/** `show` resolves when the slice is there; `look` turns the shared view into a camera. */
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
    if (this.viewport.element.clientHeight === 0) return; // not to be seen; a scale of it would never be a number again
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

  /** Nothing, until the next look: another slice under this one's number would be taken for it. */
  blank(): void {
    this.viewport.element.style.visibility = "hidden";
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

  /** That path also forgets how fine the pixels of a screen are, and then looks beside the middle of its canvas. */
  private fitCanvas(): void {
    const { canvas, element } = this.viewport;
    const [width, height] = [element.clientWidth, element.clientHeight].map((one) => Math.round(one * window.devicePixelRatio)) as [number, number];
    if (width > 0 && (canvas.width !== width || canvas.height !== height)) [canvas.width, canvas.height] = [width, height];
  }

  forget(): void {
    const ids = [...this.ids.values()].flat();
    withdraw(ids);
    for (const id of ids) if (cache.getImageLoadObject(id)) cache.removeImageLoadObject(id);
  }

  private idsOf(series: Series): string[] {
    const ids = this.ids.get(series) ?? nameSlices(series, this.prefix);
    this.ids.set(series, ids);
    return ids;
  }
}
