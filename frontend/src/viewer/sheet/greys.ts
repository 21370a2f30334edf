/** From pixels to greys on a plain canvas: a table from stored pixel to grey, made once for a slice, and the painting. */
import type { Pixels } from "../plane";
import { type Rescale, storedWindow, turnsGreys } from "../rescale";
import { type Window, dragged } from "../window";

/**
 * window  as the series opens in the reading room
 * range   from the darkest to the brightest pixel of the slice: what is burnt in with more than the scanner's own greys
 * every   by rank, so that even one step of grey shows: what is burnt in within the black or within the white
 */
export type Look = "window" | "range" | "every";

/** How all series of a sheet are looked at. `dx`, `dy` are drags of the mouse, as in the reading room. */
export interface Shades {
  look: Look;
  dx: number;
  dy: number;
  isInverted: boolean;
}

export const AS_OPENED: Shades = { look: "window", dx: 0, dy: 0, isInverted: false };

/** The grey of a stored pixel, found at `pixel & 0xffff`. */
export type Table = Uint8ClampedArray;

const N_VALUES = 0x10000;
const WHITE = 255;

export function tableOf(pixels: Pixels, opened: Window, rescale: Rescale, shades: Shades): Table {
  const range = extremes(pixels);
  const window = shades.look === "window" ? storedWindow(opened, rescale) : range;
  const table = shades.look === "every" ? byRank(pixels, range) : linear(dragged(window, shades.dx, shades.dy), range);
  return shades.isInverted !== turnsGreys(rescale) ? table.map((grey) => WHITE - grey) : table;
}

function extremes(pixels: Pixels): Window {
  let [low, high] = [Infinity, -Infinity];
  for (const value of pixels) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

function linear({ low, high }: Window, range: Window): Table {
  const table = new Uint8ClampedArray(N_VALUES);
  for (let value = range.low; value <= range.high; value++) table[value & 0xffff] = ((value - low) * WHITE) / (high - low);
  return table;
}

function byRank(pixels: Pixels, range: Window): Table {
  const counts = new Uint32Array(N_VALUES);
  for (const value of pixels) counts[value & 0xffff] = (counts[value & 0xffff] as number) + 1;
  const first = counts[range.low & 0xffff] as number;
  const last = counts[range.high & 0xffff] as number;
  const scale = WHITE / Math.max(1, pixels.length - (first + last) / 2);
  const table = new Uint8ClampedArray(N_VALUES);
  for (let value = range.low, below = 0; value <= range.high; value++) {
    const here = counts[value & 0xffff] as number;
    table[value & 0xffff] = (below + here / 2 - first / 2) * scale;
    below += here;
  }
  return table;
}

const OPAQUE = 0xff000000;
const GREY = 0x010101;

/** Greys of a grid, each the mean of `by` x `by` pixels; what is left over at the right and below makes smaller means. */
export interface Grid {
  columns: number;
  rows: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

export function paint(pixels: Pixels, columns: number, table: Table, by = 1): Grid {
  const rows = pixels.length / columns;
  const grid = { columns: Math.ceil(columns / by), rows: Math.ceil(rows / by) };
  const whole = new Uint32Array(grid.columns * grid.rows);
  const greyOf = by === 1 ? (row: number, column: number) => table[(pixels[row * columns + column] as number) & 0xffff] as number : meanOf;
  for (let row = 0, at = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++, at++) whole[at] = OPAQUE | (greyOf(row, column) * GREY);
  }
  return { ...grid, rgba: new Uint8ClampedArray(whole.buffer) };

  function meanOf(row: number, column: number): number {
    const [bottom, right] = [Math.min(rows, (row + 1) * by), Math.min(columns, (column + 1) * by)];
    let sum = 0;
    for (let y = row * by; y < bottom; y++) {
      for (let x = column * by; x < right; x++) sum += table[(pixels[y * columns + x] as number) & 0xffff] as number;
    }
    return Math.round(sum / ((bottom - row * by) * (right - column * by)));
  }
}
