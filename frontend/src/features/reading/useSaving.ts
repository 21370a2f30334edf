import { useEffect, useState, useSyncExternalStore } from "react";
import { useBlocker } from "react-router";
import { api } from "@/api/client";
import type { Reading, Session } from "@/api/types";
import { type Answers, answersFrom } from "./draft";
import { putScore } from "./queries";
import { Saver, type SaverStatus } from "./saver";
import type { Unsent } from "./unsent";

const latest = (reading: Reading) => reading.scores.map((score) => score.saved_at).sort().at(-1) ?? null;

export interface Saving extends SaverStatus {
  /** Go on after a halt, if the same person is signed in again. */
  tryAgain: () => Promise<void>;
  isWrongPerson: boolean;
  blocker: ReturnType<typeof useBlocker>;
}

/** Saves whatever the answers become, and says how that stands. */
export function useSaving(reading: Reading, username: string, unsent: Unsent, answers: Answers): Saving {
  const [saver] = useState(() => new Saver({
    acknowledged: answersFrom(reading.scores),
    savedAt: latest(reading),
    put: (item, value) => putScore(reading.code, item, value),
    onUnsaved: (values) => unsent.keep(values),
    onAcknowledged: ({ item }, value) => unsent.forget(item, value),
  }));
  const status = useSyncExternalStore(saver.subscribe, saver.snapshot);
  const [isWrongPerson, setWrongPerson] = useState(false);
  useEffect(() => {
    saver.resume();
    window.addEventListener("online", saver.resume);
    return () => {
      window.removeEventListener("online", saver.resume);
      saver.stop();
    };
  }, [saver]);
  useEffect(() => saver.want(answers), [saver, answers]);
  const isUnsaved = status.state !== "saved" && reading.state !== "signed";
  useLeaveWarning(isUnsaved);
  const blocker = useBlocker(isUnsaved);
  // Asked past the cache: finding nobody there must not close the room over the unsaved values.
  const tryAgain = async () => {
    const session = await api.get<Session>("/api/session").catch(() => null);
    const isOther = Boolean(session?.user && session.user.username !== username);
    setWrongPerson(isOther);
    if (!isOther) saver.resume();
  };
  return { ...status, tryAgain, isWrongPerson, blocker };
}

function useLeaveWarning(isNeeded: boolean): void {
  useEffect(() => {
    if (!isNeeded) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isNeeded]);
}
