import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { csrfHeader } from "@/api/client";
import type { ReadingCode } from "@/lib/brand";
import { newKey } from "@/lib/newKey";
import type { ViewerHandle, ViewerStatus } from "@/viewer";
import { readingUrl } from "./queries";
import { ActiveTime, browserOf } from "./sitting";

const FIRST_MS = 1000;
const EVERY_MS = 15_000;
const LATEST_MS = 2000; // signing waits no longer for a count than that
const INPUTS = ["keydown", "pointerdown", "pointermove", "wheel"] as const;

interface Options {
  code: ReadingCode;
  viewer: RefObject<ViewerHandle | null>;
  renderer: ViewerStatus["renderer"] | undefined;
  /** Once signed, or while another page has the reading, nothing is told any more. */
  isOver: boolean;
}

export interface Sitting {
  /** False while the count up to the last `tell` is on its way. */
  isTold: boolean;
  tell: () => void;
}

/**
 * Tells the server how the reading is done: the time at work, what was on screen, on what kind of machine. Every message holds the whole count,
 * so that one more or less does no harm; a failure is nothing the reader has to know of.
 */
export function useSitting({ code, viewer, renderer, isOver }: Options): Sitting {
  const [isTold, setTold] = useState(true);
  const told = useRef({ renderer, isOver });
  told.current = { renderer, isOver };
  const tell = useRef<() => Promise<void>>(() => Promise.resolve());
  useLayoutEffect(() => { // its end comes before that of the viewer, which has the last count
    const time = new ActiveTime();
    const desk = newKey(); // of this sitting: a page that is loaded again counts anew, and both count
    const stopper = new AbortController();
    const { signal } = stopper;
    const now = () => performance.now();
    tell.current = async () => {
      const exposure = viewer.current?.exposure();
      if (told.current.isOver || !exposure) return;
      const device = { ...deviceHere(), renderer: told.current.renderer ?? "" };
      await send(code, { desk, active_ms: time.ms, ...exposure, device });
    };
    const seen = () => {
      if (document.visibilityState === "visible") return;
      time.leave(now());
      void tell.current();
    };
    for (const name of INPUTS) window.addEventListener(name, () => time.input(now()), { signal, passive: true, capture: true });
    document.addEventListener("visibilitychange", seen, { signal });
    window.addEventListener("pagehide", () => void tell.current(), { signal });
    time.input(now()); // opening a reading is doing something
    const first = setTimeout(() => void tell.current(), FIRST_MS); // the server believes no more than what has passed since it
    const timer = setInterval(() => void tell.current(), EVERY_MS);
    return () => {
      void tell.current();
      stopper.abort();
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [code, viewer]);
  return {
    isTold,
    tell: () => {
      setTold(false);
      const late = new Promise((resolve) => setTimeout(resolve, LATEST_MS));
      void Promise.race([tell.current(), late]).then(() => setTold(true));
    },
  };
}

/** Also when the page is about to go: the browser sends it on its own. */
async function send(code: ReadingCode, sitting: unknown): Promise<void> {
  const headers = { "Content-Type": "application/json", ...csrfHeader() };
  await fetch(`${readingUrl(code)}/sitting`, { method: "PUT", credentials: "same-origin", keepalive: true, headers, body: JSON.stringify(sitting) }).catch(() => undefined);
}

function deviceHere() {
  const { width, height } = window.screen;
  const platform = /Windows|Mac|Linux|Android|iPhone|iPad|CrOS/.exec(navigator.userAgent)?.[0] ?? "";
  return { browser: browserOf(navigator.userAgent), platform, screen: `${width} x ${height}`, pixel_ratio: window.devicePixelRatio };
}
