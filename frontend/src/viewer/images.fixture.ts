/** Series without pixels, as a server describes them. */
import type { ImageManifest, ImageSeries, Vector } from "@/api/types";

const POSTERIOR: Vector = [0, 1, 0];
const FEET: Vector = [0, 0, -1];

export function series(number: number, role: ImageSeries["role"], xs: number[], options: Partial<ImageSeries> = {}): ImageSeries {
  return {
    number, role, label: role, plane: "sagittal", rows: 100, columns: 100, row_spacing_mm: 2, column_spacing_mm: 2,
    row_direction: POSTERIOR, column_direction: FEET, slice_normal: [1, 0, 0], frame: 1, is_signed: false,
    window: { low: 0, high: 100 * number }, transfer_order: xs.map((_, at) => at), pixels: `/pixels/${number}`,
    slices: xs.map((x) => ({ position: [x, -99, 99], row_direction: POSTERIOR, column_direction: FEET, slope: 1, intercept: 0, bytes: 0 })),
    ...options,
  };
}

export const stir = series(1, "STIR", [-9.6, -4.8, 0, 4.8, 9.6]);
export const t1 = series(2, "T1", [-8.8, -4.4, 0, 4.4, 8.8]);
export const t2 = series(3, "T2", [-8, -4, 0, 4, 8]);
export const axial = series(4, "T2", [], {
  plane: "axial", row_direction: [1, 0, 0], column_direction: POSTERIOR, slice_normal: [0, 0, 1], transfer_order: [1, 0, 2],
  slices: [0, 3, 6].map((z) => ({ position: [-99, -99, z], row_direction: [1, 0, 0], column_direction: POSTERIOR, slope: 1, intercept: 0, bytes: 0 })),
});
export const manifest: ImageManifest = { series: [t2, t1, axial, stir] };
