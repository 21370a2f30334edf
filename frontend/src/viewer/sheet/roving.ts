/**
 * Where an arrow key leads on a sheet, or null where the key is not one of them.
 *
 * tops   of all the slices, in pixels: those in one row of the sheet share theirs
 */
export function roved(key: string, from: number, tops: number[]): number | null {
  const perRow = tops.filter((top) => top === tops[0]).length;
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow };
  const last = tops.length - 1;
  if (key === "Home") return 0;
  if (key === "End") return last;
  const step = steps[key];
  if (step === undefined || from < 0) return null;
  const to = from + step;
  if (to >= 0 && to <= last) return to;
  return null; // up from the first row and down from the last, the page scrolls
}
