/** The readings behind a number: which, in which order, and what is said of them. */
import type { AgreementReport, Behind, BehindRow } from "@/api/types";

/** What to open: the readings of an item, a region, a sum or something present; of these perhaps only some. */
export interface Ask {
  what: string;
  /** Which of them, in words; together with `keeps`. */
  only?: string;
  keeps?: (row: BehindRow) => boolean;
}

const isFirst = ({ is_repeat }: BehindRow): boolean => !is_repeat;
const same = (one: string[], other: string[]): boolean => [...one].sort().join() === [...other].sort().join();

/** One cell of the table of both readers' grades. */
export const ofCell = (what: string, grades: [number, number], words: string): Ask => ({
  what, only: words, keeps: (row) => isFirst(row) && row.values[0] === grades[0] && row.values[1] === grades[1],
});

export const ofPair = (what: string, readers: string[]): Ask => ({
  what, only: readers.join(" and "), keeps: (row) => isFirst(row) && same(row.readers, readers),
});

export const ofReader = (what: string, reader: string): Ask => ({ what, only: `read by ${reader}`, keeps: (row) => isFirst(row) && row.readers.includes(reader) });

export const ofRepeats = (what: string, reader: string): Ask => ({
  what, only: `read twice by ${reader}`, keeps: (row) => row.is_repeat && row.readers.includes(reader),
});

export const ofCases = (what: string, cases: string[]): Ask => ({
  what, only: cases.length === 1 ? `case ${cases[0]}` : `these ${cases.length} cases`, keeps: (row) => isFirst(row) && cases.includes(row.case),
});

/** How far apart the two values are; null where one is missing. */
export function gapOf({ values: [one, other] }: BehindRow): number | null {
  return one == null || other == null ? null : Math.abs(one - other);
}

/** Equal or how different; neither of two readers is right. */
export function differenceOf(row: BehindRow, isYesOrNo: boolean): string {
  const gap = gapOf(row);
  if (gap === null) return "no pair";
  if (gap === 0) return "equal";
  return isYesOrNo ? "differs" : `differs by ${gap}`;
}

/** Those asked for, the largest difference first, then pairs without one of their values, then equal ones; within, by participant. */
export function rowsOf({ rows }: Behind, { keeps = isFirst }: Ask): BehindRow[] {
  const weight = (row: BehindRow) => gapOf(row) ?? 0.5;
  return rows.filter(keeps).sort((a, b) => weight(b) - weight(a) || a.subject.localeCompare(b.subject, "en", { numeric: true }) || a.case.localeCompare(b.case));
}

/** Whether 1 and 0 mean yes and no: of a flag, and of something present. */
export function isYesOrNo({ items, presence }: Pick<AgreementReport, "items" | "presence">, what: string): boolean {
  return presence.some(({ code }) => code === what) || items.some(({ code, table }) => code === what && table.length === 2);
}

/** A value as it is read: a grade, a sum, yes or no; a dash where there is none. */
export function valueOf(value: number | null | undefined, yesOrNo: boolean): string {
  if (value == null) return "–";
  return yesOrNo ? (value > 0 ? "yes" : "no") : String(value);
}
