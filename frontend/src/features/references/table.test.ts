import { expect, test } from "vitest";
import { previewOf } from "./table";

const TABLE = "\ufeffcase,item,grade\r\nP1,VB_C3,0\r\nP1,VB_C4,2\r\n\"P2\",VB_C3,artefact\r\n";

test("what is about to be sent is counted", () => {
  expect(previewOf(TABLE)).toEqual({ nLines: 3, nCases: 2 });
  expect(previewOf("item,grade\nVB_C3,0")).toBeNull();
  expect(previewOf("")).toBeNull();
});
