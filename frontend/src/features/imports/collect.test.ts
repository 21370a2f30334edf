import { expect, test } from "vitest";
import { collectChosen, collectDrop, isDropping } from "./collect";

const file = (fullPath: string) => ({
  isFile: true, fullPath, file: (resolve: (file: { name: string }) => void) => resolve({ name: fullPath }),
});

/** A folder as browsers give it: a few entries at a time. */
const folder = (fullPath: string, entries: object[]) => ({
  isFile: false,
  fullPath,
  createReader: () => {
    const left = [...entries];
    return { readEntries: (resolve: (entries: object[]) => void) => resolve(left.splice(0, 2)) };
  },
});

const drop = (...entries: object[]) => ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })) }) as unknown as DataTransfer;

test("a dropped folder is read to its depth, however many entries it holds", async () => {
  const inner = folder("/a/b", [file("/a/b/1"), file("/a/b/2"), file("/a/b/3")]);
  const found = await collectDrop(drop(folder("/a", [inner, file("/a/4")]), file("/5.zip")));
  expect(found.map((one) => one.path)).toEqual(["5.zip", "a/4", "a/b/1", "a/b/2", "a/b/3"]);
});

test("what operating systems leave behind is not imported", () => {
  expect(["a/.DS_Store", "Thumbs.db", "a/._IM1", "a/__MACOSX/IM1"].every(isDropping)).toBe(true);
});

test("files without an extension are images more often than not", () => {
  expect(["a/IM000001", "DICOMDIR", "a/1.dcm"].some(isDropping)).toBe(false);
});

test("files come in the order people see them in: 2 before 10", () => {
  const files = ["IM10", "IM2", "IM1"].map((name) => new File([], name));
  expect(collectChosen(files).map((one) => one.path)).toEqual(["IM1", "IM2", "IM10"]);
});
