/** One look for every figure, written into the drawing itself: a file that is saved has no style sheet beside it. */
export const INK = "#1F2933";
export const MUTED = "#5B6672";
export const ACCENT = "#1F5FBF";
export const RULE = "#D5DAE1";
export const FAINT = "#EDF0F4";
export const FONT = "Inter, 'Inter Variable', system-ui, Arial, sans-serif";
export const SMALL = 11;
