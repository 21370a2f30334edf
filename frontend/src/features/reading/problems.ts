/** A report of a problem with the images, from the key to the sending. Pure: no clock, no network. */

import type { ProblemKind } from "@/api/types";

/** In the order of their digits: the first one is what two keys report. */
export const PROBLEM_KINDS: { code: ProblemKind; label: string }[] = [
  { code: "not_evaluable", label: "The case is not evaluable" },
  { code: "quality", label: "Artefact or poor image quality" },
  { code: "coverage", label: "A part of the neck or a series is missing" },
  { code: "wrong_series", label: "A series is not what its label says" },
  { code: "identity", label: "Something tells who the patient is" },
  { code: "other", label: "Something else" },
];

export const kindLabel = (kind: string): string => PROBLEM_KINDS.find(({ code }) => code === kind)?.label ?? kind;

/** Where one looked when the key was pressed. */
export interface Where {
  series: number;
  slice: number;
}

export interface Report {
  /** Given here, once: the same report sent twice comes in once. */
  key: string;
  kind: ProblemKind;
  series: number | null;
  slice: number | null;
  text: string;
}

/**
 *   idle --begin--> choosing --choose--> held --(some seconds, or Enter)--> sent, idle
 *                      |                  |  \--write--> writing --Enter--> sent, idle
 *                      +--leave--> idle   +--take back--> idle
 *
 * A held report is made; the seconds are there to add a word or to take it back.
 */
export type Reporting =
  | { stage: "idle" }
  | { stage: "choosing"; where: Where | null }
  | { stage: "held" | "writing"; report: Report };

export type ReportEvent =
  | { type: "begin"; where: Where | null }
  | { type: "choose"; kind: ProblemKind; key: string }
  | { type: "write" }
  | { type: "end" };

export const IDLE: Reporting = { stage: "idle" };

export function reportingReducer(before: Reporting, event: ReportEvent): Reporting {
  if (event.type === "end") return IDLE;
  if (event.type === "begin") return before.stage === "idle" ? { stage: "choosing", where: event.where } : before;
  if (event.type === "choose") return before.stage === "choosing" ? chosen(before.where, event.kind, event.key) : before;
  return before.stage === "held" ? { ...before, stage: "writing" } : before;
}

/** "Something else" alone says nothing: it asks for the word at once. */
function chosen(where: Where | null, kind: ProblemKind, key: string): Reporting {
  const report = { key, kind, series: where?.series ?? null, slice: where?.slice ?? null, text: "" };
  return { stage: kind === "other" ? "writing" : "held", report };
}
