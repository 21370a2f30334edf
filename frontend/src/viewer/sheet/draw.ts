import type { Series } from "../series";
import { type Shades, paint, tableOf } from "./greys";

/** Draws a slice as it hangs, whole to its borders: text is burnt in there. Twice as wide as `most` pixels, it is made smaller. */
export async function draw(canvas: HTMLCanvasElement, series: Series, index: number, shades: Shades, most: number, isWanted: () => boolean): Promise<void> {
  const pixels = await series.slice(index);
  if (!isWanted()) return;
  const { columns } = series.hung[index] as Series["hung"][number];
  const table = tableOf(pixels, series.description.window, series.rescale(index), shades);
  const grid = paint(pixels, columns, table, Math.max(1, Math.floor(columns / most)));
  canvas.width = grid.columns;
  canvas.height = grid.rows;
  canvas.getContext("2d")?.putImageData(new ImageData(grid.rgba, grid.columns, grid.rows), 0, 0);
  canvas.dataset.drawn = shades.look;
}
