import { useEffect, useRef, useState } from "react";
import { respond } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { CharterVersion, Rules } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { type Draft, useWriteDraft } from "./queries";
import { createSaver } from "./saver";

const PAUSE_MS = 600;

export function draftOf(version: CharterVersion, reason = version.reason): Draft {
  return { instrument: version.instrument.reference, rules: version.rules, reason };
}

/**
 * The draft as it stands on the screen; what is changed is saved after a short pause, and before anything is built on it.
 * A number field that is empty for a moment is not sent: the field keeps what it last held.
 */
export function useDraft(study: StudyCode, version: CharterVersion) {
  const [draft, setDraft] = useState(() => draftOf(version));
  const write = useWriteDraft(study);
  const [saver] = useState(() => createSaver<Draft>(write.mutateAsync));
  const timer = useRef<number | undefined>(undefined);

  const save = () => {
    window.clearTimeout(timer.current);
    return saver.flush();
  };

  const change = (changes: Partial<Draft>) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    saver.put(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void saver.flush().catch(() => undefined), PAUSE_MS);
  };

  // Whoever leaves the page within the pause has said it all the same.
  useEffect(() => {
    const leave = () => {
      const unsaved = saver.waiting();
      if (unsaved) void respond("PUT", studyUrl(study, "/charter"), unsaved, undefined, true).catch(() => undefined);
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      window.clearTimeout(timer.current);
      void saver.flush().catch(() => undefined);
    };
  }, [saver, study]);

  return {
    draft,
    set: (rules: Partial<Rules>) => change({ rules: { ...draft.rules, ...rules } }),
    change,
    save,
    isSaving: write.isPending,
    error: write.error,
  };
}
