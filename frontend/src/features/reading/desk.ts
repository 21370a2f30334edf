/** Which page this is. A reload is the same desk; a tab that was copied is another one, and one that was killed is gone. */
import { DESKS } from "@/api/session";
import { newKey } from "@/lib/newKey";

const KEY = "dens:desk";
const MOST_OWN = 20;
const LONGEST_MS = 500; // a page that is loaded again waits for the one before it to be gone

const lockName = (desk: string): string => `dens-desk-${desk}`;

let taken: Promise<string> | undefined;

/** The key of this page's desk, for as long as the page lives. */
export function takeDesk(): Promise<string> {
  taken ??= claim(sessionStorage.getItem(KEY) ?? newKey());
  return taken;
}

async function claim(desk: string): Promise<string> {
  const isMine = await lock(desk);
  if (!isMine) return claim(newKey());
  sessionStorage.setItem(KEY, desk);
  localStorage.setItem(DESKS, JSON.stringify([...ownDesks().filter((one) => one !== desk), desk].slice(-MOST_OWN)));
  return desk;
}

/** Holds the lock until the page is gone; the browser gives it back even if the page was killed. */
function lock(desk: string): Promise<boolean> {
  if (!("locks" in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const held = () => {
      resolve(true);
      return new Promise(() => undefined);
    };
    navigator.locks.request(lockName(desk), { signal: AbortSignal.timeout(LONGEST_MS) }, held).catch(() => resolve(false));
  });
}

/** Resolves when the page at a desk is gone, or after `ms`: a browser under load gives a lock back only some time after a page was killed. */
export async function leaves(desk: string, ms: number): Promise<void> {
  if (!("locks" in navigator)) return;
  const options = { mode: "shared", signal: AbortSignal.timeout(ms) } as const;
  await navigator.locks.request(lockName(desk), options, () => undefined).catch(() => undefined);
}

function ownDesks(): string[] {
  try {
    return JSON.parse(localStorage.getItem(DESKS) ?? "[]") as string[];
  } catch {
    return [];
  }
}

export interface Desks {
  /** Its page is open in this browser. */
  isOpen(desk: string): boolean;
  /** It was one of this browser, and its page is no more. */
  isGone(desk: string): boolean;
}

export async function desksHere(): Promise<Desks> {
  const { held = [] } = "locks" in navigator ? await navigator.locks.query() : {};
  const open = new Set(held.map(({ name }) => name));
  const own = new Set(ownDesks());
  const isOpen = (desk: string) => open.has(lockName(desk));
  return { isOpen, isGone: (desk) => own.has(desk) && !isOpen(desk) };
}
