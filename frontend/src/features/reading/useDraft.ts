import { useCallback, useEffect, useMemo, useReducer, useState } from "react";
import type { Reading, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { type Answers, answersFrom, begin, draftReducer, itemsOf } from "./draft";
import { useReload } from "./queries";
import type { Unsent } from "./unsent";

const ADVANCE_KEY = "dens:auto-advance";

/** The draft and everything that can be done to it. What a reload interrupted comes back first. */
export function useDraft(reading: Reading, unsent: Unsent) {
  const isSigned = reading.state === "signed";
  const order = useMemo(() => itemsOf(reading.instrument).map((item) => item.code), [reading.instrument]);
  const [draft, dispatch] = useReducer(draftReducer(order), null, () => {
    const kept = isSigned ? {} : unsent.read();
    return begin(order, { ...answersFrom(reading.scores), ...kept }, localStorage.getItem(ADVANCE_KEY) !== "off");
  });
  const [askingReason, setAskingReason] = useState<ItemCode | null>(null);
  const go = useCallback((item: ItemCode) => {
    setAskingReason(null);
    dispatch({ type: "go", item });
  }, []);
  const give = useCallback((item: ItemCode, answer: ScoreValue) => {
    setAskingReason(null);
    dispatch({ type: "answer", item, answer });
  }, []);
  const askReason = useCallback((item: ItemCode | null) => {
    if (item) dispatch({ type: "go", item });
    setAskingReason(item);
  }, []);
  const autoAdvance = (isOn: boolean) => {
    localStorage.setItem(ADVANCE_KEY, isOn ? "on" : "off");
    dispatch({ type: "auto advance", isOn });
  };
  const answers: Answers = useMemo(() => (isSigned ? answersFrom(reading.scores) : draft.answers), [isSigned, reading.scores, draft.answers]);
  const undo = () => dispatch({ type: "undo" });
  const redo = () => dispatch({ type: "redo" });
  return { order, draft, answers, askingReason, go, give, askReason, undo, redo, autoAdvance };
}

/** The server says that the reading is signed already: what counts is what was signed, so it is read again. */
export function useSignedElsewhere(reading: Reading, haltCode: string | undefined, unsent: Unsent): void {
  const reload = useReload(reading.code);
  const isTooLate = haltCode === "signed";
  useEffect(() => {
    if (!isTooLate) return;
    unsent.clear();
    void reload();
  }, [isTooLate, unsent]);
}
