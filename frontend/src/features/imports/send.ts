import { ApiError } from "@/api/errors";
import type { Sendable } from "./transport";

type Post = (batch: Sendable[], onSent: (bytes: number) => void) => Promise<void>;

interface Options {
  post: Post;
  onProgress: (sentBytes: number) => void;
  /** Waits before the n-th new try; given from outside so that tests need not wait. */
  pause: (attempt: number) => Promise<void>;
  /** Asks the server what of a batch it does not have: the answer to a request may have been lost, not the request. */
  lacking?: (batch: Sendable[]) => Promise<Sendable[]>;
  lanes?: number;
  tries?: number;
}

export function sizeOf(batch: Sendable[]): number {
  return batch.reduce((sum, file) => sum + file.size, 0);
}

function isTemporary(error: unknown): boolean {
  return error instanceof ApiError && error.isTemporary;
}

/** One batch until it has arrived: a failing network is waited for, a refusal is not argued with. */
async function insist(batch: Sendable[], onSent: (bytes: number) => void, options: Options): Promise<void> {
  const { post, pause, lacking = async (all) => all, tries = 5 } = options;
  let rest = batch;
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (attempt > 1) rest = await lacking(batch);
      if (rest.length === 0) return;
      const arrived = sizeOf(batch) - sizeOf(rest);
      return await post(rest, (bytes) => onSent(arrived + bytes));
    } catch (error) {
      onSent(0);
      if (!isTemporary(error) || attempt >= tries) throw error;
      await pause(attempt);
    }
  }
}

/**
 * Sends every batch, two at a time, and tells the bytes as they leave.
 * Returns the batches that did not arrive and the error that stopped them; what has arrived is not sent again.
 */
export async function sendAll(batches: Sendable[][], options: Options): Promise<{ left: Sendable[][]; error: unknown }> {
  const waiting = [...batches];
  const failed: Sendable[][] = [];
  const sent = new Map<Sendable[], number>();
  let error: unknown = null;
  const tell = () => options.onProgress([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  const lane = async () => {
    while (error === null && waiting.length > 0) {
      const current = waiting.shift() as Sendable[];
      const note = (bytes: number) => {
        sent.set(current, Math.min(bytes, sizeOf(current)));
        tell();
      };
      try {
        await insist(current, note, options);
        note(sizeOf(current));
      } catch (thrown) {
        failed.push(current);
        error ??= thrown;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: options.lanes ?? 2 }, lane));
  return { left: [...failed, ...waiting], error };
}
