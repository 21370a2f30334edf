import type { CaseProgress, Progress, ReaderLoad } from "@/api/types";
import { count, formatDay } from "@/lib/format";

export const leftOf = ({ assigned, started }: ReaderLoad): number => assigned + started;

export const heldOf = (load: ReaderLoad): number => leftOf(load) + load.signed;

export function paceOf({ per_week }: ReaderLoad): string {
  return per_week === null ? "not known yet" : `${per_week.toLocaleString("en-GB")} a week`;
}

/** When a reader is done at the pace of the last weeks; nothing where there is nothing to do. */
export function finishOf(load: ReaderLoad): string {
  if (leftOf(load) === 0) return load.signed > 0 ? "done" : "–";
  return load.finishes_on ? formatDay(load.finishes_on) : "not known yet";
}

/** The study's forecast in a sentence. */
export function forecastOf({ readers, finishes_on }: Pick<Progress, "readers" | "finishes_on">): string {
  const held = readers.reduce((sum, load) => sum + heldOf(load), 0);
  const left = readers.reduce((sum, load) => sum + leftOf(load), 0);
  if (held === 0) return "Nothing is assigned yet.";
  if (left === 0) return "Everything that is assigned is signed.";
  if (finishes_on) return `At the pace of the last four weeks, what is assigned is signed by ${formatDay(finishes_on)}.`;
  return "When reading will be finished is not known yet: somebody with work to do has signed too little to tell a pace.";
}

/** The moment a mail goes out that leaves every day at `hour` (UTC). */
export function nextAt(hour: number, now: Date): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), hour);
  return new Date(today > now.getTime() ? today : today + 24 * 60 * 60 * 1000);
}

/** What stands against locking the study, as far as this page can see; null when nothing does. */
export function unfinished({ readers, cards }: Pick<Progress, "readers" | "cards">): string | null {
  const left = readers.reduce((sum, load) => sum + leftOf(load), 0);
  if (left > 0) return `${count(left, "reading")} ${left === 1 ? "is" : "are"} not signed yet.`;
  if (cards.adjudications_open > 0) return `${count(cards.adjudications_open, "adjudication")} ${cards.adjudications_open === 1 ? "is" : "are"} not signed yet.`;
  return null;
}

/** Who could read a case instead: present, and not reading it already. The server knows the other reasons. */
export function successors(one: CaseProgress, readers: ReaderLoad[]): ReaderLoad[] {
  const reads = new Set(one.readings.map(({ username }) => username));
  return readers.filter((load) => !load.is_away && !reads.has(load.username));
}
