/** The images of the case that comes next, fetched while the one before is still looked at. One case, in memory only. */
import { type Opening, openImages } from "./images";

const KEPT_MS = 10 * 60_000;

let kept: (Opening & { imagesUrl: string; timer: ReturnType<typeof setTimeout> }) | null = null;

function drop(): void {
  clearTimeout(kept?.timer);
  kept?.close();
  kept = null;
}

/** Fetches the description, and the pixels of what hangs first. Asked twice it does it once; a failure is nobody's concern yet. */
export function prefetchImages(imagesUrl: string): void {
  if (kept?.imagesUrl === imagesUrl) return;
  drop();
  const opening = openImages(imagesUrl);
  const timer = setTimeout(drop, KEPT_MS);
  kept = { ...opening, imagesUrl, timer };
  opening.images.catch(() => kept?.images === opening.images && drop());
}

/** What was fetched ahead for this address, or a new beginning. What is taken is no longer kept. */
export function takeImages(imagesUrl: string): Opening {
  const found = kept;
  if (found?.imagesUrl !== imagesUrl) return openImages(imagesUrl);
  clearTimeout(found.timer);
  kept = null;
  return found;
}
