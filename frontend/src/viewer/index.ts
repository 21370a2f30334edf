export type { Exposure, WindowUse } from "./exposure";
export type { Place, ShownPin } from "./place";
export { prefetchImages } from "./prefetch";
export { Viewer, type ViewerHandle, type ViewerStatus } from "./Viewer";
