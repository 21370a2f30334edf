/**
 * What is on its way to the server. Pure: the rules of saving, without a clock or a network.
 *
 * One line an item, one request in flight a line, and the newest value wins:
 *
 *   idle --want--> waiting --sent--> in flight --acknowledged--> idle      (or waiting, when wanted has changed)
 *                     ^                  |
 *                     +------failed------+   what the server has is unknown now, so the value is sent again
 */
import type { ScoreValue } from "@/api/types";
import { type Answers, BLANK, isSame } from "./draft";

export interface Line {
  wanted: ScoreValue;
  /** What the server is known to have; null while a lost answer leaves that open. */
  acknowledged: ScoreValue | null;
  inFlight: ScoreValue | null;
  failures: number;
}

export type Queue = Readonly<Record<string, Line>>;

/** Why nothing is sent any more until the person does something. */
export interface Halt {
  code: string;
  message: string;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

export function delayMs(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
}

export function openQueue(acknowledged: Answers): Queue {
  const line = (value: ScoreValue): Line => ({ wanted: value, acknowledged: value, inFlight: null, failures: 0 });
  return Object.fromEntries(Object.entries(acknowledged).map(([item, value]) => [item, line(value)]));
}

const lineOf = (queue: Queue, item: string): Line => queue[item] ?? { wanted: BLANK, acknowledged: BLANK, inFlight: null, failures: 0 };
const change = (queue: Queue, item: string, changes: Partial<Line>): Queue => ({ ...queue, [item]: { ...lineOf(queue, item), ...changes } });

export function want(queue: Queue, answers: Answers): Queue {
  const changed = Object.entries(answers).filter(([item, value]) => !isSame(lineOf(queue, item).wanted, value));
  return changed.reduce((before, [item, wanted]) => change(before, item, { wanted }), queue);
}

const isSettled = ({ wanted, acknowledged }: Line): boolean => acknowledged !== null && isSame(wanted, acknowledged);
const isUnsaved = (line: Line): boolean => line.inFlight !== null || !isSettled(line);

/** Items with something to send and nothing in flight. */
export function waitingItems(queue: Queue): string[] {
  return Object.keys(queue).filter((item) => lineOf(queue, item).inFlight === null && !isSettled(lineOf(queue, item)));
}

export const sent = (queue: Queue, item: string): Queue => change(queue, item, { inFlight: lineOf(queue, item).wanted, acknowledged: null });

export function acknowledged(queue: Queue, item: string): Queue {
  return change(queue, item, { acknowledged: lineOf(queue, item).inFlight, inFlight: null, failures: 0 });
}

export function failed(queue: Queue, item: string): Queue {
  return change(queue, item, { inFlight: null, failures: lineOf(queue, item).failures + 1 });
}

/** What the server has not acknowledged: kept in the browser until it has. */
export function unsaved(queue: Queue): Answers {
  return Object.fromEntries(Object.entries(queue).filter(([, line]) => isUnsaved(line)).map(([item, line]) => [item, line.wanted]));
}

export type SaveState = "saved" | "saving" | "retrying" | "halted";

/** The honest word for it: "saved" is said only when the server has everything. */
export function saveState(queue: Queue, halt: Halt | null): SaveState {
  const open = Object.values(queue).filter(isUnsaved);
  if (open.length === 0) return "saved";
  if (halt) return "halted";
  return open.some((line) => line.failures > 0) ? "retrying" : "saving";
}
