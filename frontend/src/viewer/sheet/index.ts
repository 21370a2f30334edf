/** Apart from ../index.ts: a contact sheet is drawn on plain canvases, and must not fetch the image library. */
export { Enlarged } from "./Enlarged";
export { AS_OPENED, type Look, type Shades } from "./greys";
export { SeriesStrip } from "./SeriesStrip";
export { type Sheet, useSheet } from "./useSheet";
export type { Series } from "../series";
