import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { HeldFile } from "@/api/types";
import { isAnotherFolder, match } from "./matching";

const found = (path: string, content: string) => ({ path, file: new File([content], path) });
const held = (number: number, content: string, isComplete = true): HeldFile => ({
  number, n_bytes: content.length, is_complete: isComplete, sha256: createHash("sha256").update(content).digest("hex"),
});
const places = async (...given: Parameters<typeof match>) => (await match(...given)).map(({ path, number, sent }) => [path, number, sent]);

test("what has arrived keeps its number, what has not gets a new one", async () => {
  const folder = [found("a", "first"), found("b", "other"), found("c", "third one")];
  expect(await places(folder, [held(7, "other"), held(2, "third one")])).toEqual([["a", 8, 0], ["b", 7, 5], ["c", 2, 9]]);
});

test("a file that came in part is known by its beginning", async () => {
  expect(await places([found("a", "elephant"), found("b", "elegant song")], [held(0, "elegant", false)])).toEqual([["a", 1, 0], ["b", 0, 7]]);
});

test("two files of the same content are two files", async () => {
  expect(await places([found("a", "same"), found("b", "same"), found("c", "same")], [held(0, "same"), held(1, "same")])).toEqual([
    ["a", 0, 4], ["b", 1, 4], ["c", 2, 0],
  ]);
});

test("a file that only begins like one that has arrived is another file", async () => {
  expect(await places([found("a", "other words")], [held(0, "other")])).toEqual([["a", 1, 0]]);
});

test("nothing known, everything from the beginning", async () => {
  expect(await places([found("a", "x"), found("b", "")], [])).toEqual([["a", 0, 0], ["b", 1, 0]]);
});

test("another folder is noticed before anything of it is sent", async () => {
  const arrived = [held(0, "first")];
  expect(isAnotherFolder(await match([found("a", "quite different")], arrived), arrived)).toBe(true);
  expect(isAnotherFolder(await match([found("a", "first")], arrived), arrived)).toBe(false);
  expect(isAnotherFolder(await match([found("a", "first")], []), [])).toBe(false);
});
