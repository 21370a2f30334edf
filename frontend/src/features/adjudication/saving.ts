import { ApiError } from "@/api/errors";
import { messageOf } from "@/lib/message";

/** What is known about saving: "saved" is said only after the server has said so. */
export interface SaveState {
  phase: "idle" | "saving" | "waiting" | "saved" | "refused";
  /** When the server took the last one. */
  savedAt: string | null;
  message: string;
}

export const NOTHING_SAVED: SaveState = { phase: "idle", savedAt: null, message: "" };

interface Options<Input, Answer> {
  put: (item: string, input: Input) => Promise<Answer>;
  savedAt: (answer: Answer) => string;
  onSaved: (answer: Answer) => void;
  onRefused: (item: string, error: unknown) => void;
  onState: (state: SaveState) => void;
  /** Waits before the n-th new try; given from outside so that tests need not wait. */
  pause: (attempt: number) => Promise<void>;
}

/** The network or the server failed, not the decision: it may be taken in a moment. */
function mayPass(error: unknown): boolean {
  return error instanceof ApiError && (error.isTemporary || error.status >= 500);
}

/**
 * Saves one decision after the other, the newest of each item; a failing network is waited for.
 * `close` stops the waiting: the next person at this screen must not send what this one decided.
 */
export function createSaver<Input, Answer>({ put, savedAt, onSaved, onRefused, onState, pause }: Options<Input, Answer>) {
  const pending = new Map<string, Input>();
  const refused = new Map<string, string>();
  let state = NOTHING_SAVED;
  let isRunning = false;
  let isClosed = false;
  const tell = (change: Partial<SaveState>) => onState((state = { ...state, message: "", ...change }));

  async function attempt(item: string, input: Input): Promise<void> {
    const answer = await put(item, input);
    // A newer decision on the same item stays pending.
    if (pending.get(item) === input) pending.delete(item);
    tell({ phase: "saving", savedAt: savedAt(answer) });
    onSaved(answer);
  }

  function refuse(item: string, input: Input, error: unknown): void {
    if (pending.get(item) !== input) return;
    pending.delete(item);
    refused.set(item, messageOf(error));
    onRefused(item, error);
  }

  async function insist(item: string, tries: number): Promise<void> {
    const input = pending.get(item) as Input;
    try {
      await attempt(item, input);
    } catch (error) {
      if (!mayPass(error) || isClosed) return refuse(item, input, error);
      tell({ phase: "waiting", message: messageOf(error) });
      await pause(tries);
      return isClosed ? pending.clear() : insist(item, tries + 1);
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    tell({ phase: "saving" });
    for (let next = pending.keys().next(); !next.done; next = pending.keys().next()) await insist(next.value, 1);
    isRunning = false;
    const [sentence] = refused.values();
    tell(sentence === undefined ? { phase: "saved" } : { phase: "refused", message: sentence });
  }

  return {
    save(item: string, input: Input): void {
      pending.set(item, input);
      refused.delete(item);
      if (!isRunning) void run();
    },
    open: () => void (isClosed = false),
    close: () => void (isClosed = true),
  };
}

const LONGEST_MS = 30_000;

/** Longer each time, up to half a minute; the network coming back ends the wait. */
export function backOff(attempt: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(LONGEST_MS, 1000 * 2 ** (attempt - 1)));
    window.addEventListener("online", done);
  });
}
