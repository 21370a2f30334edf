import type { FileVerdict, UploadState, Verdict, VerdictTotals } from "@/api/types";
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

/** How often each reason of refusal occurs, the most frequent first. */
export function reasonsOf(files: FileVerdict[]): { message: string; n: number }[] {
  const tally = new Map<string, number>();
  for (const file of files) if (file.verdict === "refused") tally.set(file.message, (tally.get(file.message) ?? 0) + 1);
  return [...tally].map(([message, n]) => ({ message, n })).sort((a, b) => b.n - a.n);
}
