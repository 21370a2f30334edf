import { expect, test } from "vitest";
import type { FileVerdict, Verdict } from "@/api/types";
import type { UploadCode } from "@/lib/brand";
import { ALL, inOrder, interruptedTitle, isInterrupted, isSettled, nameOf, outcomeOf, reasonsOf, shownBy, summaryOf, wordsOf } from "./report";

const file = (number: number, verdict: Verdict, message = "", entry: number | null = null): FileVerdict => ({
  number, entry, verdict, reason: message.toLowerCase(), message, case: null,
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
  expect(reasonsOf(files)).toEqual([
    { code: "not mr.", message: "Not MR.", n: 2 }, { code: "not dicom.", message: "Not DICOM.", n: 1 },
  ]);
});

test("asking the server ends with its last word", () => {
  expect((["receiving", "received", "importing", "imported", "partly", "rejected"] as const).map(isSettled)).toEqual([false, false, false, true, true, true]);
});

test("files are shown by verdict and by reason", () => {
  const files = [file(0, "imported"), file(1, "refused", "Not MR."), file(2, "refused", "Not DICOM.")];
  const numbers = (filter: typeof ALL) => shownBy(filter, files).map((one) => one.number);
  expect(numbers(ALL)).toEqual([1, 2, 0]);
  expect(numbers({ verdict: "imported", reason: null })).toEqual([0]);
  expect(numbers({ verdict: "refused", reason: "not mr." })).toEqual([1]);
});

test("an upload without a single verdict was discarded, not refused", () => {
  const totals = { imported: 0, duplicate: 0, refused: 0, pending: 3 };
  expect(wordsOf({ state: "rejected", totals })).toBe("Discarded");
  expect(wordsOf({ state: "rejected", totals: { ...totals, pending: 0, refused: 3 } })).toBe("Nothing imported");
  expect(wordsOf({ state: "receiving", totals })).toBe("Receiving files");
  expect(outcomeOf({ state: "rejected", totals })).toBe("3 files, destroyed unopened.");
});

test("an upload is interrupted if it is mine, unfinished, and no page is sending it", () => {
  const upload = { code: "ABC" as UploadCode, state: "receiving", is_mine: true } as const;
  expect(isInterrupted(upload, [])).toBe(true);
  expect(isInterrupted(upload, [undefined, "ABC"])).toBe(false);
  expect(isInterrupted({ ...upload, is_mine: false }, [])).toBe(false);
  expect(isInterrupted({ ...upload, state: "received" }, [])).toBe(false);
});

test("an interrupted upload says how many files it had, where this browser knows it", () => {
  expect([interruptedTitle(1), interruptedTitle(412), interruptedTitle(null)]).toEqual([
    "An upload of 1 file was interrupted", "An upload of 412 files was interrupted", "An upload was interrupted",
  ]);
});

test("an import that breaks off again and again says whom to tell", () => {
  const totals = { pending: 3, imported: 0, duplicate: 0, refused: 0 };
  expect(outcomeOf({ state: "importing", totals, is_stuck: true })).toContain("tell whoever runs it");
});
