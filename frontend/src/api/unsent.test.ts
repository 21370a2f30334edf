import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, expect, test, vi } from "vitest";
import { shelfName } from "./session";
import { countUnsent } from "./unsent";

beforeEach(() => void vi.stubGlobal("indexedDB", new IDBFactory()));

test("what Ana has said and no server has is counted, and Ben's is not", async () => {
  const shelf = await openDB(shelfName("ana"), 1, { upgrade: (database) => void database.createObjectStore("operations", { autoIncrement: true }) });
  for (const key of ["a", "b"]) await shelf.add("operations", { key });
  expect([await countUnsent("ana"), await countUnsent("ben")]).toEqual([2, 0]);
});

test("to ask makes no shelf", async () => {
  await countUnsent("ana");
  expect(await indexedDB.databases()).toEqual([]);
});

test("a browser that keeps nothing has nothing to lose", async () => {
  vi.stubGlobal("indexedDB", undefined);
  expect(await countUnsent("ana")).toBe(0);
});
