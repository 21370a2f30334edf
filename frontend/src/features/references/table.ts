/** The table of references before it is sent: enough to see what one is about to send. The server alone decides. Pure. */

export interface Preview {
  nLines: number;
  nCases: number;
}

const cells = (line: string): string[] => line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));

/** Null where there is no header that names a case. */
export function previewOf(csv: string): Preview | null {
  const [head = "", ...lines] = csv.replace(/^\ufeff/, "").split(/\r?\n/).filter((line) => line.trim() !== "");
  const at = cells(head).indexOf("case");
  if (at < 0) return null;
  return { nLines: lines.length, nCases: new Set(lines.map((line) => cells(line)[at])).size };
}

/** The line of the table that a refusal is about, counted from 1 as in a spreadsheet. */
export function lineIn(message: string): number | null {
  const found = /^Line (\d+):/.exec(message);
  return found ? Number(found[1]) : null;
}

/** That line as it stands in the table. */
export function textOfLine(csv: string, line: number): string {
  return csv.replace(/^\ufeff/, "").split(/\r?\n/)[line - 1] ?? "";
}
