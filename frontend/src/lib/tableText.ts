/** A table as text, before it is sent: enough to see what one is about to send. The server alone decides. Pure. */

const BYTE_ORDER_MARK = /^\ufeff/;

/** Its lines, without those that are empty. */
export function filledLines(csv: string): string[] {
  return linesOf(csv).filter((line) => line.trim() !== "");
}

export function cellsOf(line: string, separator = ","): string[] {
  return line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

/** The line of the table that a refusal is about, counted from 1 as in a spreadsheet. */
export function lineIn(message: string): number | null {
  const found = /^Line (\d+)\b/.exec(message);
  return found ? Number(found[1]) : null;
}

/** That line as it stands in the table. */
export function textOfLine(csv: string, line: number): string {
  return linesOf(csv)[line - 1] ?? "";
}

function linesOf(csv: string): string[] {
  return csv.replace(BYTE_ORDER_MARK, "").split(/\r?\n/);
}

/** The text of a file that a spreadsheet wrote; null where it is none, as a workbook is. */
export function textOf(bytes: Uint8Array): string | null {
  const text = new TextDecoder(encodingOf(bytes)).decode(bytes);
  return text.includes("\0") ? null : text;
}

/** Spreadsheets write UTF-8, UTF-16 with its mark ("Unicode text"), or, as plain CSV in western Windows, Windows-1252. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
