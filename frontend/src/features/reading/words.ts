import type { Instrument, InstrumentItem, InstrumentRegion, ScoreValue } from "@/api/types";
import { count } from "@/lib/format";
import { isBlank } from "./draft";
import type { Saving } from "./useDraft";

const reasonLabel = (instrument: Instrument, code: string): string =>
  instrument.not_assessable_reasons.find((reason) => reason.code === code)?.label ?? code;

/** The answer in words: "2", "not assessable: Artefact", "no answer yet". */
export function answerWords(instrument: Instrument, answer: ScoreValue): string {
  if (isBlank(answer)) return "no answer yet";
  return answer.not_assessable ? `not assessable (${reasonLabel(instrument, answer.not_assessable).toLowerCase()})` : String(answer.grade);
}

/** What the answer means on the region's own scale. */
export function meaningOf(instrument: Instrument, region: InstrumentRegion, answer: ScoreValue): string {
  if (answer.grade === null) return answerWords(instrument, answer);
  return region.grades.find(({ value }) => value === answer.grade)?.label ?? String(answer.grade);
}

export const titleOf = (instrument: Instrument, item: InstrumentItem, answer: ScoreValue): string =>
  `${item.label}: ${answerWords(instrument, answer)}`;

/** A second look says so, and how much is asked; any other reading says nothing. */
export const secondLookWords = (asked: readonly string[]): string => (asked.length ? `Second look: ${count(asked.length, "site")}` : "");

/** What a series is called where it is shown. */
export type NameOf = (series: number) => string;

/** Slices are counted from 1 where people read of them, from 0 everywhere else. */
export function placeWords({ series, slice }: { series: number | null; slice: number | null }, nameOf: NameOf): string {
  if (series === null) return "";
  return slice === null ? nameOf(series) : `${nameOf(series)}, slice ${slice + 1}`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** When the server took the last answer, on the reader's clock; another day is named. */
export function savedWords(savedAt: string | null, now = new Date()): string {
  if (!savedAt) return "Nothing to save yet";
  const at = new Date(savedAt);
  const isToday = at.toDateString() === now.toDateString();
  return `Saved ${isToday ? "" : `${DAY.format(at)}, `}${CLOCK.format(at)}`;
}

const STATES: Record<Exclude<Saving["state"], "saved">, string> = {
  saving: "Saving…",
  retrying: "Not saved yet, trying again",
  halted: "Not saved",
  elsewhere: "Open elsewhere",
  conflict: "Not saved: choose a value",
};

export function saveWords({ state, savedAt }: Pick<Saving, "state" | "savedAt">): string {
  return state === "saved" ? savedWords(savedAt) : STATES[state];
}
