/** Slices as cornerstone asks for them: pixels that are already turned, and geometry. Nothing else of an image exists here. */
import { Enums, type Types, imageLoader, metaData, utilities } from "@cornerstonejs/core";
import type { Pixels } from "./plane";
import type { Series } from "./series";

const SCHEME = "dens";

const shownAs = new Map<string, { series: Series; index: number }>();

/** From now on cornerstone finds slices here. */
export function offerSlices(): void {
  imageLoader.registerImageLoader(SCHEME, (imageId) => ({ promise: imageOf(imageId) as unknown as Promise<Types.IImage> }));
  metaData.addProvider(describe);
}

/** Names for the slices of a series on one screen, until `withdraw`. */
export function nameSlices(series: Series, screen: string): string[] {
  const ids = series.hung.map((_, index) => `${SCHEME}:${screen}/${series.description.number}/${index}`);
  ids.forEach((id, index) => shownAs.set(id, { series, index }));
  return ids;
}

export function withdraw(ids: string[]): void {
  for (const id of ids) shownAs.delete(id);
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
