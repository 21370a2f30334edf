import { ApiError } from "@/api/errors";

const LONGEST_SILENCE_MS = 20_000;

/** Does what `ask` does, and gives up when nothing was heard for too long; `heard` is called whenever something came. */
export async function inTime<T>(
  ask: (signal: AbortSignal, heard: () => void) => Promise<T>,
  outer: AbortSignal,
  longestMs = LONGEST_SILENCE_MS,
): Promise<T> {
  const stopper = new AbortController();
  let isLate = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const giveUp = () => {
    isLate = true;
    stopper.abort();
  };
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, longestMs);
  };
  const stop = () => stopper.abort();
  outer.addEventListener("abort", stop);
  if (outer.aborted) stop();
  heard();
  try {
    return await ask(stopper.signal, heard);
  } catch (error) {
    throw isLate && !outer.aborted ? new ApiError(0, "too_slow", "The images did not arrive: nothing came for 20 seconds. Try again.") : error;
  } finally {
    clearTimeout(timer);
    outer.removeEventListener("abort", stop);
  }
}
