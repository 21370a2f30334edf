/** How a pane looks at its slice, and how a hand changes that. Pure: patient LPS in mm, screens in CSS pixels. */
import { type Hung, add, centreOf, scaled } from "./geometry";
import { type Size, type Spot, type View, pointAt } from "./place";

const CROPPED = 0.72; // of the width must stay in the pane when the height fills it
const ZOOM_STEP = 1.15;
const FINEST = 0.02; // mm per pixel
const COARSEST = 5;

/** From head to chest. */
export function fitted(hung: Hung, [width, height]: Size): View {
  const mmPerPixel = Math.max((hung.rows * hung.rowSpacing) / height, (CROPPED * hung.columns * hung.columnSpacing) / width);
  return { centre: centreOf(hung), mmPerPixel };
}

/** The image follows the hand. */
export function panned({ centre, mmPerPixel }: View, hung: Hung, dx: number, dy: number): View {
  const across = scaled(hung.rowDirection, -dx * mmPerPixel);
  return { centre: add(add(centre, across), scaled(hung.columnDirection, -dy * mmPerPixel)), mmPerPixel };
}

export const zoomed = ({ centre, mmPerPixel }: View, steps: number): View => ({ centre, mmPerPixel: bounded(mmPerPixel * ZOOM_STEP ** -steps) });

/** Larger by a factor; what lies at the spot stays there. */
export function zoomedAt(view: View, hung: Hung, size: Size, spot: Spot, factor: number): View {
  const mmPerPixel = bounded(view.mmPerPixel / factor);
  const under = pointAt(spot, hung, view, size);
  const share = 1 - mmPerPixel / view.mmPerPixel;
  return { centre: add(view.centre, scaled(add(under, scaled(view.centre, -1)), share)), mmPerPixel };
}

function bounded(mmPerPixel: number): number {
  return Math.min(COARSEST, Math.max(FINEST, mmPerPixel));
}
