import { useEffect, useRef, useState } from "react";
import type { CharterVersion, Rules } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { type Draft, useWriteDraft } from "./queries";

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
  const unsaved = useRef<Draft | null>(null);
  const timer = useRef<number | undefined>(undefined);

  const save = async () => {
    window.clearTimeout(timer.current);
    const waiting = unsaved.current;
    if (!waiting) return;
    await write.mutateAsync(waiting);
    if (unsaved.current === waiting) unsaved.current = null;
  };

  const change = (changes: Partial<Draft>) => {
    const next = { ...draft, ...changes };
    setDraft(next);
    unsaved.current = next;
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void save().catch(() => undefined), PAUSE_MS);
  };

  const latest = useRef(save);
  latest.current = save;
  // Whoever leaves the page within the pause has said it all the same.
  useEffect(() => () => void latest.current().catch(() => undefined), []);

  return {
    draft,
    set: (rules: Partial<Rules>) => change({ rules: { ...draft.rules, ...rules } }),
    change,
    save,
    isSaving: write.isPending,
    error: write.error,
  };
}
