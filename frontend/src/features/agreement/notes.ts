/** Reasons under a table, as in a paper: each sentence once, marked by a letter where it holds. */
import type { TableAgreement } from "@/api/types";
import type { Column } from "./names";

export interface Notes {
  /** The letter of a sentence; empty for none. */
  markOf: (sentence: string) => string;
  /** In the order of the letters. */
  sentences: [mark: string, sentence: string][];
}

/** a, b, ... z, aa, ab, ... */
export function letter(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letter(Math.floor(index / 26) - 1) + last;
}

export function notesOf(sentences: string[]): Notes {
  const marks = new Map([...new Set(sentences.filter(Boolean))].map((sentence, index) => [sentence, letter(index)]));
  return {
    markOf: (sentence) => marks.get(sentence) ?? "",
    sentences: [...marks].map(([sentence, mark]) => [mark, sentence]),
  };
}

/** The same for every row; the row's own counts stand beside its table of grades. */
export const FEW_POSITIVES = "Too few positives of either reader for a number corrected for chance: read the counts and the positive agreement.";

type Row = Pick<TableAgreement, "caution" | "statistics">;

/** Why a number is greyed; empty where it is not. */
export function reasonOf({ caution, statistics }: Row, { key, isBeyondChance }: Column): string {
  const statistic = statistics[key];
  if (!statistic) return "";
  if (statistic.status !== "ok") return statistic.sentence || "Not estimable from these readings.";
  return isBeyondChance && caution ? FEW_POSITIVES : "";
}
