import { expect, test } from "vitest";
import type { FileVerdict, Verdict } from "@/api/types";
import { inOrder, isSettled, nameOf, reasonsOf, summaryOf } from "./report";

const file = (number: number, verdict: Verdict, message = "", entry: number | null = null): FileVerdict => ({
  number, entry, verdict, reason: "", message, case: null,
});

test("refused files come first, then in the order they were sent", () => {
  const files = [file(0, "imported"), file(1, "refused"), file(2, "pending"), file(3, "refused"), file(4, "duplicate")];
  expect(inOrder(files).map((one) => one.number)).toEqual([1, 3, 2, 4, 0]);
});

test("the entries of one zip stay in their order", () => {
  const files = [file(0, "refused", "", 2), file(0, "refused", "", 1)];
  expect(inOrder(files).map((one) => one.entry)).toEqual([1, 2]);
});

test("a name is known while the page lives, and only a number afterwards", () => {
  expect(nameOf(file(1, "imported"), ["a/1.dcm", "a/2.dcm"])).toBe("a/2.dcm");
  expect(nameOf(file(17, "imported"), [])).toBe("File 18");
  expect(nameOf(file(0, "imported", "", 3), ["scan.zip"])).toBe("scan.zip, entry 3");
});

test("the summary is one sentence without empty parts", () => {
  expect(summaryOf({ imported: 380, duplicate: 2, refused: 30, pending: 0 })).toBe("412 files: 380 imported, 2 already there, 30 refused.");
  expect(summaryOf({ imported: 1, duplicate: 0, refused: 0, pending: 0 })).toBe("1 file: 1 imported.");
  expect(summaryOf({ imported: 0, duplicate: 0, refused: 0, pending: 0 })).toBe("No files yet.");
});

test("reasons are counted, the most frequent first", () => {
  const files = [file(0, "refused", "Not DICOM."), file(1, "refused", "Not MR."), file(2, "refused", "Not MR."), file(3, "imported", "")];
  expect(reasonsOf(files)).toEqual([{ message: "Not MR.", n: 2 }, { message: "Not DICOM.", n: 1 }]);
});

test("asking the server ends with its last word", () => {
  expect((["receiving", "received", "importing", "imported", "partly", "rejected"] as const).map(isSettled)).toEqual([false, false, false, true, true, true]);
});
