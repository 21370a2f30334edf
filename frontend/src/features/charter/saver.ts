export interface Saver<Value> {
  put: (value: Value) => void;
  /** What is put but not sent, or not known to have arrived. */
  waiting: () => Value | undefined;
  flush: () => Promise<void>;
}

/** Sends the latest value, one request at a time: an older one never arrives after a newer one, and a refused one waits on. */
export function createSaver<Value>(send: (value: Value) => Promise<unknown>): Saver<Value> {
  let latest: { value: Value } | null = null;
  let running: Promise<void> | null = null;
  const run = async () => {
    while (latest) {
      const sent = latest;
      await send(sent.value);
      if (latest === sent) latest = null;
    }
  };
  return {
    put: (value) => { latest = { value }; },
    waiting: () => latest?.value,
    flush: () => (running ??= run().finally(() => { running = null; })),
  };
}
