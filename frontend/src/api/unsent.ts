/** What this browser has of a person that no server has acknowledged; the reading room writes it (features/reading/shelf.ts). */
import { openDB } from "idb";
import { shelfName } from "./session";

/** How many changes signing out would destroy. A browser that keeps nothing has none. */
export async function countUnsent(username: string): Promise<number> {
  try {
    // To ask must not make an empty shelf, which the reading room would take for one of its own.
    const shelf = await openDB(shelfName(username), undefined, { upgrade: (_, __, ___, opening) => takeBack(opening) });
    const n = await shelf.count("operations");
    shelf.close();
    return n;
  } catch {
    return 0;
  }
}

function takeBack(opening: { abort(): void; done: Promise<void> }): void {
  opening.done.catch(() => undefined); // told by the opening itself
  opening.abort();
}
