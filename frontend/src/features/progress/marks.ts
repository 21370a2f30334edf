import type { CaseProgress } from "@/api/types";
import { formatDay } from "@/lib/format";
import type { Mark } from "@/ui/StateMark";

interface Look {
  mark: Mark;
  label: string;
}

export interface Cell extends Look {
  step: string;
  /** Where the cell is a reading that somebody has. */
  reading?: CaseProgress["readings"][number] | undefined;
}

const IMAGES: Record<CaseProgress["images"], Look> = {
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

const ADJUDICATION: Record<string, Look> = {
  waiting: { mark: "waiting", label: "Waiting for the adjudicator" },
  started: { mark: "in progress", label: "Adjudication started" },
  signed: { mark: "done", label: "Adjudication signed" },
};

const CONSENSUS: Record<CaseProgress["consensus"], Look> = {
  none: { mark: "not started", label: "No consensus yet" },
  checking: { mark: "waiting", label: "Compared, both readers are to look again" },
  open: { mark: "waiting", label: "Compared, waiting for the adjudication" },
  settled: { mark: "done", label: "Consensus settled" },
};

function reading(one: CaseProgress, index: number): Look {
  const found = one.readings[index];
  if (!found) return { mark: "not started", label: `Reading ${index + 1}: not assigned yet` };
  const { mark, word } = READING[found.state] as { mark: Mark; word: string };
  return { mark, label: `${found.reader}: ${word}` };
}

function adjudication(one: CaseProgress): Look {
  if (one.adjudication !== "none") return ADJUDICATION[one.adjudication] as Look;
  if (one.consensus === "settled") return { mark: "not needed", label: "No adjudication was needed" };
  return { mark: "not started", label: "Not yet known whether an adjudication is needed" };
}

/** Where a compared reading was opened again, what was superseded is told with what is made in its place. */
function consensus(one: CaseProgress): Look {
  const now = CONSENSUS[one.consensus];
  if (!one.superseded) return now;
  const { n, at } = one.superseded;
  const past = `Consensus superseded on ${formatDay(at)} by a reading opened again`;
  if (one.consensus === "none") return { mark: "in progress", label: `${past}; version ${n + 1} is being made` };
  return { mark: now.mark, label: `${now.label}, version ${n + 1}. ${past}` };
}
const SELF_CHECK: Record<CaseProgress["self_check"], Look> = {
  none: { mark: "not started", label: "Second looks are not handed out yet" },
  not_started: { mark: "not started", label: "Second looks: not started" },
  in_progress: { mark: "in progress", label: "Second looks: in progress" },
  done: { mark: "done", label: "Second looks: signed" },
};

/** Whether the readers of these cases are asked again. */
export const hasSelfCheck = (cases: CaseProgress[]): boolean => cases.some(({ self_check, consensus }) => self_check !== "none" || consensus === "checking");

function readingSteps(readersPerCase: number): string[] {
  return Array.from({ length: readersPerCase }, (_, index) => (readersPerCase === 1 ? "Reading" : `Reading ${index + 1}`));
}

/** The columns of the matrix. */
export function stepsOf(readersPerCase: number, asksAgain = false): string[] {
  return ["Images", ...readingSteps(readersPerCase), ...(asksAgain ? ["Self-check"] : []), "Adjudication", "Consensus"];
}

/** One case's row of the matrix: completion in shape, colour and words; never a value. */
export function cellsOf(one: CaseProgress, readersPerCase = 2, asksAgain = false): Cell[] {
  return [
    { step: "Images", ...IMAGES[one.images] },
    ...readingSteps(readersPerCase).map((step, index) => ({ step, ...reading(one, index), reading: one.readings[index] })),
    ...(asksAgain ? [{ step: "Self-check", ...SELF_CHECK[one.self_check] }] : []),
    { step: "Adjudication", ...adjudication(one) },
    { step: "Consensus", ...consensus(one) },
  ];
}

export const FILTERS = {
  all: { label: "All", keeps: () => true },
  attention: { label: "Images incomplete or refused", keeps: (one: CaseProgress) => one.images === "incomplete" || one.images === "refused" },
  check: { label: "To check", keeps: (one: CaseProgress) => one.images === "to_check" },
  unassigned: { label: "To assign", keeps: (one: CaseProgress) => one.images === "ready" },
  reading: { label: "In reading", keeps: (one: CaseProgress) => one.images === "allotted" && one.consensus === "none" },
  checking: { label: "In self-check", keeps: (one: CaseProgress) => one.consensus === "checking" },
  adjudication: { label: "In adjudication", keeps: (one: CaseProgress) => one.consensus === "open" },
  settled: { label: "Settled", keeps: (one: CaseProgress) => one.consensus === "settled" },
} as const;

export type FilterName = keyof typeof FILTERS;
