/** How a history is said: times, hashes, signatures, and how long slices were looked at. */
import type { CaseLook, ExplainableCase, GivenSignature, Views } from "@/api/types";
import type { Mark } from "@/ui/StateMark";
import { count } from "@/lib/format";

export const STATES: Record<string, { mark: Mark; label: string }> = {
  "": { mark: "not started", label: "Not compared" },
  checking: { mark: "in progress", label: "Being looked at again" },
  open: { mark: "waiting", label: "In adjudication" },
  settled: { mark: "done", label: "Settled" },
};

/** A word that is not known yet is shown as it is. */
export function stateOf(state: string): { mark: Mark; label: string } {
  return STATES[state] ?? { mark: "waiting", label: state };
}

export const STANDINGS: Record<GivenSignature["standing"], { mark: Mark; label: string; sentence: string }> = {
  stands: { mark: "done", label: "Holds", sentence: "Holds: what is stored is what was signed." },
  superseded: { mark: "not needed", label: "Superseded", sentence: "Superseded: a later version was signed; this one is kept as it was." },
  altered: { mark: "blocked", label: "Does not hold", sentence: "Does not hold: what is stored is not what was signed." },
};

/** A moment in UTC, as the trail has it: "2 Mar 2026, 09:30:15 UTC". */
export function momentOf(iso: string): string {
  return iso ? `${UTC.format(new Date(iso))} UTC` : "–";
}

const UTC = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "UTC",
});

/** "0.4 s", "42 s", "3 min 5 s". */
export function duration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(ms === 0 ? 0 : 1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export const shortHash = (sha256: string): string => `${sha256.slice(0, 12)}…`;

/** How many slices were on screen, and how many never were. */
export function seenOf({ ms, n_never }: Views["series"][number]): string {
  if (n_never === 0) return `all ${count(ms.length, "slice")} shown`;
  return n_never === ms.length ? `none of ${count(ms.length, "slice")} shown` : `${ms.length - n_never} of ${count(ms.length, "slice")} shown, ${n_never} never`;
}

/** The head of a reading's column: who, and what kind of look where it is not the first. */
export function headOf({ reader, kind, counts, state }: CaseLook): string {
  if (!counts) return `${reader}, ${kind === "First look" ? state : kind.toLowerCase()}`;
  return reader;
}

/** "25 the readings agree", ... in one line. */
export function methodsOf({ methods }: Pick<ExplainableCase, "methods">): string {
  return methods.map(({ method, n }) => `${n} ${method}`).join(" · ");
}
