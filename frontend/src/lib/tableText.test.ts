import { expect, test } from "vitest";
import { cellsOf, filledLines, lineIn, textOf, textOfLine } from "./tableText";

const TABLE = "\ufeffcase,item,grade\r\nP1,VB_C3,0\r\n\r\nP1,VB_C4,2\r\n";

test("empty lines and quotes around a cell do not count", () => {
  expect(filledLines(TABLE)).toEqual(["case,item,grade", "P1,VB_C3,0", "P1,VB_C4,2"]);
  expect(cellsOf('"P1"; 2 ', ";")).toEqual(["P1", "2"]);
});

test("a refusal leads to its line", () => {
  expect(lineIn("Line 4: there is no item VB_C9 in this practice set.")).toBe(4);
  expect(lineIn("Line 12, column CRP: 0,5 is not a number.")).toBe(12);
  expect(lineIn("Line 3 has 3 cells, the first line has 2.")).toBe(3);
  expect(lineIn("The table has no line.")).toBeNull();
  expect(textOfLine(TABLE, 4)).toBe("P1,VB_C4,2");
  expect(textOfLine(TABLE, 9)).toBe("");
});

test("a file is read in the encoding its spreadsheet wrote", () => {
  expect(textOf(new TextEncoder().encode("\ufeffcrp [µg/l]"))).toBe("crp [µg/l]");
  expect(textOf(Uint8Array.from([0x63, 0x72, 0x70, 0x20, 0xb5]))).toBe("crp µ");
  expect(textOf(Uint8Array.from([0xff, 0xfe, 0x63, 0, 0xb5, 0]))).toBe("cµ");
});

test("a workbook is no text", () => {
  expect(textOf(Uint8Array.from([0x50, 0x4b, 3, 4, 0x14, 0, 6, 0]))).toBeNull();
});
