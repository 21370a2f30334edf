import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { inTime } from "./patience";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (signal: AbortSignal) =>
  new Promise<string>((_, reject) => signal.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError"))));

it("gives up on a server that says nothing, with a sentence", async () => {
  const told = expect(inTime(never, new AbortController().signal, 1000)).rejects.toThrow("did not arrive");
  await vi.advanceTimersByTimeAsync(1001);
  await told;
});

it("goes on waiting as long as something comes, however slowly", async () => {
  const slow = async (_: AbortSignal, heard: () => void) => {
    for (let piece = 0; piece < 5; piece++) {
      await new Promise((resolve) => setTimeout(resolve, 900));
      heard();
    }
    return "all of it";
  };
  const told = expect(inTime(slow, new AbortController().signal, 1000)).resolves.toBe("all of it");
  await vi.advanceTimersByTimeAsync(5000);
  await told;
});

it("says nothing of lateness when it is no longer wanted", async () => {
  const outer = new AbortController();
  const told = expect(inTime(never, outer.signal, 1000)).rejects.toThrow("stopped");
  outer.abort();
  await told;
});
