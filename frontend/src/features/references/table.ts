/** The table of references before it is sent. Pure. */
import { cellsOf, filledLines } from "@/lib/tableText";

export interface Preview {
  nLines: number;
  nCases: number;
}

/** Null where there is no header that names a case. */
export function previewOf(csv: string): Preview | null {
  const [head = "", ...lines] = filledLines(csv);
  const at = cellsOf(head).indexOf("case");
  if (at < 0) return null;
  return { nLines: lines.length, nCases: new Set(lines.map((line) => cellsOf(line)[at])).size };
}
