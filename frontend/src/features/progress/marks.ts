import type { CaseProgress } from "@/api/types";
import type { Mark } from "@/ui/StateMark";

export interface Cell {
  mark: Mark;
  label: string;
}

const IMAGES: Record<CaseProgress["images"], Cell> = {
  incomplete: { mark: "blocked", label: "Images incomplete" },
  to_check: { mark: "waiting", label: "Images wait for a person to check them" },
  ready: { mark: "in progress", label: "Images checked, not assigned yet" },
  refused: { mark: "refused", label: "Images refused" },
  allotted: { mark: "done", label: "Images checked, assigned" },
};

const READING: Record<string, { mark: Mark; word: string }> = {
  assigned: { mark: "not started", word: "not started" },
  started: { mark: "in progress", word: "started" },
  signed: { mark: "done", word: "signed" },
};

const ADJUDICATION: Record<string, Cell> = {
  waiting: { mark: "waiting", label: "Waiting for the adjudicator" },
  started: { mark: "in progress", label: "Adjudication started" },
  signed: { mark: "done", label: "Adjudication signed" },
};

const CONSENSUS: Record<CaseProgress["consensus"], Cell> = {
  none: { mark: "not started", label: "No consensus yet" },
  open: { mark: "waiting", label: "Compared, waiting for the adjudication" },
  settled: { mark: "done", label: "Consensus settled" },
};

function reading(one: CaseProgress, index: number): Cell {
  const found = one.readings[index];
  if (!found) return { mark: "not started", label: `Reading ${index + 1}: not assigned yet` };
  const { mark, word } = READING[found.state] as { mark: Mark; word: string };
  return { mark, label: `${found.reader}: ${word}` };
}

function adjudication(one: CaseProgress): Cell {
  if (one.adjudication !== "none") return ADJUDICATION[one.adjudication] as Cell;
  if (one.consensus === "settled") return { mark: "not needed", label: "No adjudication was needed" };
  return { mark: "not started", label: "Not yet known whether an adjudication is needed" };
}

export const STEPS = ["Images", "Reading 1", "Reading 2", "Adjudication", "Consensus"] as const;

/** One case's row of the matrix: completion in shape, colour and words; never a value. */
export function cellsOf(one: CaseProgress): Cell[] {
  return [IMAGES[one.images], reading(one, 0), reading(one, 1), adjudication(one), CONSENSUS[one.consensus]];
}

export const FILTERS = {
  all: { label: "All", keeps: () => true },
  attention: { label: "Images incomplete or refused", keeps: (one: CaseProgress) => one.images === "incomplete" || one.images === "refused" },
  check: { label: "To check", keeps: (one: CaseProgress) => one.images === "to_check" },
  unassigned: { label: "To assign", keeps: (one: CaseProgress) => one.images === "ready" },
  reading: { label: "In reading", keeps: (one: CaseProgress) => one.images === "allotted" && one.consensus === "none" },
  adjudication: { label: "In adjudication", keeps: (one: CaseProgress) => one.consensus === "open" },
  settled: { label: "Settled", keeps: (one: CaseProgress) => one.consensus === "settled" },
} as const;

export type FilterName = keyof typeof FILTERS;
