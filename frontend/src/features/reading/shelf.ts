/** Changes the server has not acknowledged, kept in the browser's own database: a killed page loses nothing. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { shelfName } from "@/api/session";
import type { ReadingCode } from "@/lib/brand";
import type { Operation } from "./operations";

interface Kept {
  reading: ReadingCode;
  desk: string;
  operation: Operation;
}

interface Shelves extends DBSchema {
  operations: { key: number; value: Kept; indexes: { reading: string; key: string } };
}

const SLOWEST_MS = 3000;

export interface Shelf {
  /** In the order in which they were made. Rejects where the browser keeps nothing. */
  add(operation: Operation): Promise<void>;
  remove(keys: string[]): Promise<void>;
  /** What earlier pages of this reading have left: not what a page that is still open will see to itself. */
  leftovers(isOpen: (desk: string) => boolean): Promise<Operation[]>;
  /** The same of other desks only: what a page has left whose end was noticed late. */
  orphans(isOpen: (desk: string) => boolean): Promise<Operation[]>;
  /** The other desks that have something lying here. */
  others(): Promise<string[]>;
}

/** The shelf of one person, for one reading at one desk. */
export function openShelf(username: string, reading: ReadingCode, desk: string): Shelf {
  const opened = inTime(open(username));
  opened.catch(() => undefined); // told by whoever asks
  const kept = async () => (await opened).getAllFromIndex("operations", "reading", reading);
  return {
    add: async (operation) => {
      await (await opened).add("operations", { reading, desk, operation });
    },
    remove: async (keys) => {
      const all = (await opened).transaction("operations", "readwrite");
      const rows = await Promise.all(keys.map((key) => all.store.index("key").getAllKeys(key)));
      await Promise.all([...rows.flat().map((row) => all.store.delete(row)), all.done]);
    },
    leftovers: async (isOpen) => (await kept()).filter((row) => row.desk === desk || !isOpen(row.desk)).map((row) => row.operation),
    orphans: async (isOpen) => (await kept()).filter((row) => row.desk !== desk && !isOpen(row.desk)).map((row) => row.operation),
    others: async () => [...new Set((await kept()).map((row) => row.desk))].filter((one) => one !== desk),
  };
}

async function open(username: string): Promise<IDBPDatabase<Shelves>> {
  return openDB<Shelves>(shelfName(username), 1, {
    upgrade: (database) => {
      const operations = database.createObjectStore("operations", { autoIncrement: true });
      operations.createIndex("reading", "reading");
      operations.createIndex("key", "operation.key");
    },
    blocking: (_, __, event) => (event.target as IDBDatabase).close(), // somebody signs out: the shelf is to be destroyed
  });
}

/** Some browsers never answer when they are not allowed to keep anything. */
function inTime<T>(promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error("This browser keeps nothing.")), SLOWEST_MS));
  return Promise.race([promise, late]);
}
