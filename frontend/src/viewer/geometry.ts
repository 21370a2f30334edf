/**
 * Where things lie. Vectors are patient LPS in millimetres: x towards the patient's left, y posterior, z to the head.
 * `rowDirection` is the direction of increasing column index, `columnDirection` of increasing row index.
 */
import type { ImageSeries, Vector } from "@/api/types";

export const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const scaled = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by];
export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

/** How an image must be turned so that it hangs as radiologists expect. */
export interface Turn {
  transpose: boolean;
  flipColumns: boolean;
  flipRows: boolean;
}

/** To the viewer's right and downwards: sagittal posterior and feet, axial left and posterior, coronal left and feet. */
const HANGING: Record<ImageSeries["plane"], { right: Vector; down: Vector }> = {
  sagittal: { right: [0, 1, 0], down: [0, 0, -1] },
  axial: { right: [1, 0, 0], down: [0, 1, 0] },
  coronal: { right: [1, 0, 0], down: [0, 0, -1] },
  oblique: { right: [1, 0, 0], down: [0, 0, -1] },
};

/** The turn that brings a slice nearest to its plane's hanging. Oblique slices are shown as they were made. */
export function turnOf(plane: ImageSeries["plane"], rowDirection: Vector, columnDirection: Vector): Turn {
  if (plane === "oblique") return { transpose: false, flipColumns: false, flipRows: false };
  const { right, down } = HANGING[plane];
  const transpose = Math.abs(dot(columnDirection, right)) > Math.abs(dot(rowDirection, right));
  const [across, along] = transpose ? [columnDirection, rowDirection] : [rowDirection, columnDirection];
  return { transpose, flipColumns: dot(across, right) < 0, flipRows: dot(along, down) < 0 };
}

/** A slice as it hangs: its grid, and the centre of the pixel that is now first. */
export interface Hung {
  rows: number;
  columns: number;
  rowSpacing: number;
  columnSpacing: number;
  rowDirection: Vector;
  columnDirection: Vector;
  position: Vector;
}

export function hang(series: ImageSeries, index: number, turn: Turn): Hung {
  const slice = series.slices[index];
  if (!slice) throw new RangeError(`There is no slice ${index}.`);
  const hung: Hung = turn.transpose
    ? {
        rows: series.columns, columns: series.rows, rowSpacing: series.column_spacing_mm, columnSpacing: series.row_spacing_mm,
        rowDirection: slice.column_direction, columnDirection: slice.row_direction, position: slice.position,
      }
    : {
        rows: series.rows, columns: series.columns, rowSpacing: series.row_spacing_mm, columnSpacing: series.column_spacing_mm,
        rowDirection: slice.row_direction, columnDirection: slice.column_direction, position: slice.position,
      };
  if (turn.flipColumns) {
    hung.position = add(hung.position, scaled(hung.rowDirection, (hung.columns - 1) * hung.columnSpacing));
    hung.rowDirection = scaled(hung.rowDirection, -1);
  }
  if (turn.flipRows) {
    hung.position = add(hung.position, scaled(hung.columnDirection, (hung.rows - 1) * hung.rowSpacing));
    hung.columnDirection = scaled(hung.columnDirection, -1);
  }
  return hung;
}

/** The pixels in the order in which they hang. `rows` and `columns` are those of the stored slice. */
export function turnPixels<P extends Uint16Array | Int16Array>(pixels: P, rows: number, columns: number, turn: Turn): P {
  if (!turn.transpose && !turn.flipColumns && !turn.flipRows) return pixels;
  const turned = pixels.slice() as P;
  const [height, width] = turn.transpose ? [columns, rows] : [rows, columns];
  for (let y = 0, at = 0; y < height; y++) {
    const fromY = turn.flipRows ? height - 1 - y : y;
    for (let x = 0; x < width; x++, at++) {
      const fromX = turn.flipColumns ? width - 1 - x : x;
      turned[at] = pixels[turn.transpose ? fromX * columns + fromY : fromY * columns + fromX] as number;
    }
  }
  return turned;
}

export function centreOf(hung: Hung): Vector {
  const across = scaled(hung.rowDirection, ((hung.columns - 1) * hung.columnSpacing) / 2);
  return add(add(hung.position, across), scaled(hung.columnDirection, ((hung.rows - 1) * hung.rowSpacing) / 2));
}

/** The letter of the side a direction points to: R L, A P, F H. */
export function letterOf(direction: Vector): string {
  const axis = [0, 1, 2].reduce((best, one) => (Math.abs(direction[one] as number) > Math.abs(direction[best] as number) ? one : best), 0);
  return (["RL", "AP", "FH"][axis] as string)[(direction[axis] as number) > 0 ? 1 : 0] as string;
}

/** Where each slice lies along the normal, in mm, measured at its centre. */
export function distancesOf(centres: Vector[], normal: Vector): number[] {
  return centres.map((centre) => dot(centre, normal));
}

export function nearest(distances: number[], mm: number): number {
  return distances.reduce((best, one, index) => (Math.abs(one - mm) < Math.abs((distances[best] as number) - mm) ? index : best), 0);
}

/** The slice nearest to the middle of the stack: for sagittal stacks, the midsagittal one. */
export function middleOf(distances: number[]): number {
  return nearest(distances, distances.reduce((sum, one) => sum + one, 0) / distances.length);
}
