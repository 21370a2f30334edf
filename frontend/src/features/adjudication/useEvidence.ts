import { type RefObject, useCallback, useEffect, useMemo, useState } from "react";
import type { Dispute } from "@/api/types";
import type { ShownPin, ViewerHandle } from "@/viewer";
import { type Pair, pairAt, pinsOf } from "./evidence";

/** The pins of both sides: each pane opens at its own side's, and they can be exchanged and visited in turn. */
export function useEvidence(dispute: Dispute | undefined, viewer: RefObject<ViewerHandle | null>) {
  const [isReady, setReady] = useState(false);
  const [turn, setTurn] = useState(0);
  const [isFlipped, setFlipped] = useState(false);
  const shown: ShownPin[] = useMemo(() => (dispute ? pinsOf(dispute) : []), [dispute]);
  const stand = (pair: Pair | null) => pair && viewer.current?.compare(pair);
  const at = (next: number, flipped: boolean) => {
    setTurn(next);
    setFlipped(flipped);
    if (dispute) stand(pairAt(dispute, next, flipped));
  };
  useEffect(() => {
    if (isReady) at(0, false);
  }, [isReady, dispute?.item, dispute?.is_revealed]);
  return {
    shown, isFlipped,
    hasPins: shown.length > 0,
    onStatus: useCallback(() => setReady(true), []),
    /** To both pins; asked again, to the next ones. */
    toBoth: () => at(turn + 1, isFlipped),
    flip: () => at(turn, !isFlipped),
  };
}
