import { useCallback, useEffect, useState } from "react";

const SHOWN_MS = 3000;

/** One gentle sentence at the foot of the list, gone by itself. */
export function useHint() {
  const [hint, setHint] = useState("");
  useEffect(() => {
    if (!hint) return;
    const timer = setTimeout(() => setHint(""), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [hint]);
  const showHint = useCallback((sentence: string) => setHint(sentence), []);
  return { hint, showHint };
}
