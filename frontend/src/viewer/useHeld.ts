import { useEffect, useRef } from "react";
import { codeOf } from "@/lib/keys";

/** While a key is held; it is let go of, too, when the page is left and will never hear of it. */
export function useHeld(code: string, isHeld: boolean, onRelease: () => void): void {
  const release = useRef(onRelease);
  release.current = onRelease;
  useEffect(() => {
    if (!isHeld) return;
    const stopper = new AbortController();
    const { signal } = stopper;
    window.addEventListener("keyup", (event) => codeOf(event) === code && release.current(), { signal });
    window.addEventListener("blur", () => release.current(), { signal });
    document.addEventListener("visibilitychange", () => release.current(), { signal });
    return () => stopper.abort();
  }, [code, isHeld]);
}
