import { expect, test } from "vitest";
import { lineIn, previewOf, textOfLine } from "./table";

const TABLE = "\ufeffcase,item,grade\r\nP1,VB_C3,0\r\nP1,VB_C4,2\r\n\"P2\",VB_C3,artefact\r\n";

test("what is about to be sent is counted", () => {
  expect(previewOf(TABLE)).toEqual({ nLines: 3, nCases: 2 });
  expect(previewOf("item,grade\nVB_C3,0")).toBeNull();
  expect(previewOf("")).toBeNull();
});

test("a refusal leads to its line", () => {
  expect(lineIn("Line 3: there is no item VB_C9 in this practice set.")).toBe(3);
  expect(lineIn("The table has no line.")).toBeNull();
  expect(textOfLine(TABLE, 3)).toBe("P1,VB_C4,2");
});
