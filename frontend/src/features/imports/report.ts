import type { FileVerdict, UploadLine, UploadState, Verdict, VerdictTotals } from "@/api/types";
import { count } from "@/lib/format";

export const ORDER: Verdict[] = ["refused", "pending", "duplicate", "imported"];

export const WORDS: Record<Verdict, string> = {
  refused: "Refused",
  pending: "Waiting",
  duplicate: "Already there",
  imported: "Imported",
};

export const STATE_WORDS: Record<UploadState, string> = {
  receiving: "Receiving files",
  received: "Waiting to be imported",
  importing: "Importing",
  imported: "Imported",
  partly: "Imported in part",
  rejected: "Nothing imported",
};

type Told = Pick<UploadLine, "state" | "totals"> & Partial<Pick<UploadLine, "is_stuck">>;

const STUCK = "The server could not go on, through no fault of the files (its disk may be full). It tries again by itself; tell whoever runs it.";

/** A discarded upload was rejected before any of its files got a verdict. */
export function isDiscarded({ state, totals }: Told): boolean {
  return state === "rejected" && totalOf(totals) === totals.pending;
}

export function wordsOf(upload: Told): string {
  return isDiscarded(upload) ? "Discarded" : STATE_WORDS[upload.state];
}

/** What became of the files of an upload, in one sentence. */
export function outcomeOf(upload: Told): string {
  if (upload.is_stuck) return STUCK;
  return isDiscarded(upload) ? `${count(totalOf(upload.totals), "file")}, destroyed unopened.` : summaryOf(upload.totals);
}

/** Whether the server has said its last word about an upload. */
export function isSettled(state: UploadState): boolean {
  return state === "imported" || state === "partly" || state === "rejected";
}

/** Refused files first: they are what a person has to look at. */
export function inOrder(files: FileVerdict[]): FileVerdict[] {
  return [...files].sort(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || a.number - b.number || (a.entry ?? 0) - (b.entry ?? 0),
  );
}

/** The file's path as this page remembers it, or what is left of it: which file it was, counted from 1. */
export function nameOf(file: Pick<FileVerdict, "number" | "entry">, names: string[]): string {
  const name = names[file.number] ?? `File ${file.number + 1}`;
  return file.entry === null ? name : `${name}, entry ${file.entry}`;
}

export function totalOf(totals: VerdictTotals): number {
  return ORDER.reduce((sum, verdict) => sum + totals[verdict], 0);
}

/** "412 files: 380 imported, 2 already there, 30 refused." */
export function summaryOf(totals: VerdictTotals): string {
  const parts = [
    totals.imported && `${totals.imported} imported`,
    totals.duplicate && `${totals.duplicate} already there`,
    totals.refused && `${totals.refused} refused`,
    totals.pending && `${totals.pending} waiting`,
  ].filter(Boolean);
  return parts.length === 0 ? "No files yet." : `${count(totalOf(totals), "file")}: ${parts.join(", ")}.`;
}

export interface Reason {
  code: string;
  /** What happened and what to do about it, in the server's words. */
  message: string;
  n: number;
}

/** How often each reason of refusal occurs, the most frequent first. */
export function reasonsOf(files: FileVerdict[]): Reason[] {
  const tally = new Map<string, Reason>();
  for (const { verdict, reason, message } of files) {
    if (verdict !== "refused") continue;
    const known = tally.get(reason) ?? { code: reason, message, n: 0 };
    tally.set(reason, { ...known, n: known.n + 1 });
  }
  return [...tally.values()].sort((a, b) => b.n - a.n);
}

/** Which files a table shows: all, those of one verdict, or those refused for one reason. */
export interface Filter {
  verdict: Verdict | "all";
  reason: string | null;
}

export const ALL: Filter = { verdict: "all", reason: null };

export function shownBy({ verdict, reason }: Filter, files: FileVerdict[]): FileVerdict[] {
  return inOrder(files.filter((file) => (verdict === "all" || file.verdict === verdict) && (reason === null || file.reason === reason)));
}

/** Whether an upload of mine waits for files that no page is sending. */
export function isInterrupted({ code, state, is_mine }: Pick<UploadLine, "code" | "state" | "is_mine">, beingSent: (string | undefined)[]): boolean {
  return state === "receiving" && is_mine && !beingSent.includes(code);
}

/** "An upload of 412 files was interrupted." */
export function interruptedTitle(nFiles: number | null): string {
  return nFiles === null ? "An upload was interrupted" : `An upload of ${count(nFiles, "file")} was interrupted`;
}
