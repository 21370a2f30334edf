export { Viewer, type ViewerHandle, type ViewerStatus } from "./Viewer";
