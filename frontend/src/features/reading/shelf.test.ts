import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test, vi } from "vitest";
import { wipe } from "@/api/session";
import type { ItemCode, ReadingCode } from "@/lib/brand";
import { type Operation, answerTo } from "./operations";
import { openShelf } from "./shelf";

const reading = "k3v9" as ReadingCode;
const nobodyElse = () => false;
const change = (key: string, item = "VB_C4"): Operation => ({ ...answerTo(item as ItemCode), key, value: { grade: 2, not_assessable: "" }, after: null, made_at: "2026-11-03T14:03:22Z" });
const left = async (username: string, code = reading, desk = "another desk", isOpen: (desk: string) => boolean = nobodyElse) =>
  (await openShelf(username, code, desk).leftovers(isOpen)).map(({ key }) => key);

/** The page's storages, as far as wiping touches them. */
const storage = () => ({ clear: () => undefined, removeItem: () => undefined });

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("sessionStorage", storage());
  vi.stubGlobal("localStorage", storage());
});

async function anasShelf(): Promise<ReturnType<typeof openShelf>> {
  const shelf = openShelf("ana", reading, "ana's desk");
  for (const key of ["c", "a", "b"]) await shelf.add(change(key));
  return shelf;
}

test("what a killed page had said is there for the next one, in the order in which it was said", async () => {
  await anasShelf();
  expect(await left("ana")).toEqual(["c", "a", "b"]);
});

test("a change that has arrived is taken off the shelf", async () => {
  const shelf = await anasShelf();
  await shelf.remove(["a", "unknown"]);
  expect(await left("ana")).toEqual(["c", "b"]);
});

test("a page that is still open sees to its own changes itself", async () => {
  await anasShelf();
  const isOpen = (desk: string) => desk === "ana's desk";
  expect(await left("ana", reading, "another desk", isOpen)).toEqual([]);
  expect(await left("ana", reading, "ana's desk", isOpen)).toEqual(["c", "a", "b"]);
});

test("another reading and another person have shelves of their own", async () => {
  await anasShelf();
  expect(await left("ana", "p7q2" as ReadingCode)).toEqual([]);
  expect(await left("ben")).toEqual([]);
});

test("Ben's signing in destroys what Ana had left, hers leaves it", async () => {
  await anasShelf();
  await wipe(new QueryClient(), "ana");
  expect(await left("ana")).toEqual(["c", "a", "b"]);
  await wipe(new QueryClient(), "ben");
  expect(await left("ana")).toEqual([]);
});

test("signing out destroys it", async () => {
  await anasShelf();
  await wipe(new QueryClient());
  expect((await indexedDB.databases()).map(({ name }) => name)).toEqual([]);
});

test("a browser that keeps nothing says so", async () => {
  vi.stubGlobal("indexedDB", { open: () => { throw new DOMException("", "SecurityError"); } });
  await expect(openShelf("ana", reading, "desk").add(change("a"))).rejects.toThrow();
});
