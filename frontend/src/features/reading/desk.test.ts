import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** The Web Locks of one browser; a page that goes gives its own back. */
class Locks {
  readonly held = new Map<string, number>();
  constructor(readonly page: { now: number }) {}

  request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
    const perform = rest.at(-1) as (lock: { name: string } | null) => unknown;
    const options = rest.length > 1 ? (rest[0] as { signal?: AbortSignal }) : {};
    if (!this.held.has(name)) {
      this.held.set(name, this.page.now);
      return perform({ name });
    }
    if (options.signal) throw new DOMException("", "TimeoutError");
    return perform(null);
  };

  query = async () => ({ held: [...this.held.keys()].map((name) => ({ name })) });

  goes(page: number): void {
    for (const [name, holder] of this.held) if (holder === page) this.held.delete(name);
  }
}

const page = { now: 0 };
let locks: Locks;
const local = new Map<string, string>();

const storage = (kept: Map<string, string>) => ({
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
});

beforeEach(() => {
  locks = new Locks(page);
  local.clear();
  vi.stubGlobal("navigator", { locks });
  vi.stubGlobal("localStorage", storage(local));
});
afterEach(() => void vi.unstubAllGlobals());

/** A page of this browser, in a tab with that memory: the program is loaded afresh. */
async function opens(tab: Map<string, string>) {
  page.now += 1;
  vi.stubGlobal("sessionStorage", storage(tab));
  vi.resetModules();
  const { takeDesk, desksHere } = await import("./desk");
  const desk = await takeDesk();
  return { number: page.now, desk, takeDesk, desksHere };
}

test("a page has one desk for as long as it lives", async () => {
  const { desk, takeDesk } = await opens(new Map());
  expect(await takeDesk()).toBe(desk);
});

test("a reload is the same desk", async () => {
  const tab = new Map<string, string>();
  const before = await opens(tab);
  locks.goes(before.number);
  expect((await opens(tab)).desk).toBe(before.desk);
});

test("a tab that was copied with its memory is another desk", async () => {
  const tab = new Map<string, string>();
  const first = await opens(tab);
  const copy = await opens(new Map(tab));
  expect(copy.desk).not.toBe(first.desk);
  expect((await copy.desksHere()).isOpen(first.desk)).toBe(true);
});

test("a desk of this browser whose page was killed is gone; one that is open is not; of another computer's nothing is known", async () => {
  const killed = await opens(new Map());
  locks.goes(killed.number);
  const open = await opens(new Map());
  const { isGone, isOpen } = await (await opens(new Map())).desksHere();
  expect([isGone(killed.desk), isGone(open.desk), isGone("of another computer")]).toEqual([true, false, false]);
  expect(isOpen(killed.desk)).toBe(false);
});

test("without locks, as on a page without encryption, a desk can still be taken", async () => {
  vi.stubGlobal("navigator", {});
  expect((await opens(new Map())).desk).toMatch(/^[0-9a-f-]{36}$/);
});
