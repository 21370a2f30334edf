import { useCallback, useEffect, useMemo, useState } from "react";
import { useBlocker } from "react-router";
import { useSession } from "@/api/session";
import type { Reading, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { newKey } from "@/lib/newKey";
import type { Place } from "@/viewer";
import { itemsOf } from "./draft";
import { verdictsOf } from "./feedback";
import { type Statement, commentOn, pinAt, saidIn } from "./operations";
import { type Conflict, unsent } from "./outbox";
import type { Halt } from "./trouble";
import { useLeaveWarning } from "./useLeaveWarning";
import { type Opened, keepAutoAdvance, useWorkState } from "./useWork";
import { type WorkState, isSaved } from "./work";

export type { PinMark } from "./operations";

export interface Saving {
  state: "saved" | "saving" | "retrying" | "halted" | "elsewhere" | "conflict";
  nUnsaved: number;
  savedAt: string | null;
  halt: Halt | null;
  conflicts: Conflict[];
  isElsewhere: boolean;
  isSignedOut: boolean;
  /** Another person has signed in, in another tab of this browser. */
  isSomeoneElse: boolean;
  /** Whether what is not saved survives the end of this page. */
  isKept: boolean;
  tooLate: Statement[];
  refusals: string[];
  settle: (conflict: Conflict, choice: "mine" | "theirs") => void;
  takeOver: () => void;
  resume: () => void;
  blocker: ReturnType<typeof useBlocker>;
  desk: string;
}

/** The draft and everything that can be done to it. Nothing can be changed here while another page has the reading. */
export function useDraft(reading: Reading, opened: Opened) {
  const { work } = opened;
  const state = useWorkState(work);
  const isSigned = reading.state === "signed";
  const order = useMemo(() => itemsOf(reading.instrument).map((item) => item.code), [reading.instrument]);
  const [askingReason, setAskingReason] = useState<ItemCode | null>(null);
  const go = useCallback((item: ItemCode) => {
    setAskingReason(null);
    work.act({ type: "go", item });
  }, [work]);
  const give = useCallback((item: ItemCode, answer: ScoreValue) => {
    setAskingReason(null);
    work.act({ type: "answer", item, answer });
  }, [work]);
  const askReason = useCallback((item: ItemCode | null) => {
    if (item) work.act({ type: "go", item });
    setAskingReason(item);
  }, [work]);
  const autoAdvance = (isOn: boolean) => {
    keepAutoAdvance(isOn);
    work.act({ type: "auto advance", isOn });
  };
  const { answers, comments, pins } = useMemo(() => (isSigned ? saidIn(reading) : state.draft), [isSigned, reading, state.draft]);
  const feedback = isSigned ? reading.feedback : state.feedback;
  const verdicts = useMemo(() => verdictsOf(reading.instrument, feedback), [reading.instrument, feedback]);
  return {
    order, verdicts,
    draft: state.draft,
    /** The draft as the keys have it: ahead of the screen by what is still being written to the shelf. */
    intended: work.intended,
    answers, comments, pins, askingReason, go, give, askReason, autoAdvance,
    comment: (item: ItemCode, text: string) => work.act({ type: "say", thing: commentOn(item), value: { text } }),
    pin: (item: ItemCode, place: Place) => work.act({ type: "say", thing: pinAt(item, newKey()), value: place }),
    unpin: (key: string) => {
      const mark = work.intended().pins.find((one) => one.key === key);
      if (mark) work.act({ type: "say", thing: pinAt(mark.item, key), value: null });
    },
    undo: () => work.act({ type: "undo" }),
    redo: () => work.act({ type: "redo" }),
    saving: useSaving(state, opened, isSigned),
  };
}

function useSaving(state: WorkState, { work, desk, username }: Opened, isSigned: boolean): Saving {
  const session = useSession();
  const isNobodyHere = session.data?.user === null;
  const isSomeoneElse = Boolean(session.data?.user && session.data.user.username !== username);
  const haltCode = state.halt?.code;
  useEffect(() => {
    if (haltCode) void session.refetch(); // what is not open to somebody else is not there: who is here now?
  }, [haltCode]);
  const isUnsaved = !isSaved(state) && !isSigned;
  useLeaveWarning(isUnsaved);
  const blocker = useBlocker(isUnsaved);
  const { outbox, savedAt, halt, isElsewhere, isKept, tooLate, refusals } = state;
  return {
    state: stateOf(state), nUnsaved: unsent(outbox).length, savedAt, halt, conflicts: outbox.conflicts, isElsewhere, isKept, tooLate, refusals, blocker, desk,
    isSignedOut: state.isSignedOut || isNobodyHere || isSomeoneElse, isSomeoneElse,
    settle: (conflict, choice) => work.settle(conflict, choice),
    takeOver: () => void work.takeOver(),
    resume: () => work.resume(),
  };
}

/** The honest word for it: "saved" is said only when the server has everything. */
export function stateOf(state: WorkState): Saving["state"] {
  if (state.isElsewhere) return "elsewhere";
  if (isSaved(state)) return "saved";
  if (state.halt || state.isSignedOut) return "halted";
  if (state.outbox.waiting.length === 0 && state.nWriting === 0) return "conflict";
  return state.failures > 0 ? "retrying" : "saving";
}
