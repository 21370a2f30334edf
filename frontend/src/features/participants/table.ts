/** The table of covariates as text: before it is sent, and as it is handed out to be edited and entered again. Pure. */
import type { Covariate, Covariates } from "@/api/types";
import { count } from "@/lib/format";
import { cellsOf, filledLines } from "@/lib/tableText";

const SEPARATORS = [",", ";", "\t"];

/** Null where the first column is not called participant. */
export function previewOf(csv: string): { nLines: number; text: string } | null {
  const [head = "", ...lines] = filledLines(csv);
  const [first = "", ...covariates] = cellsOf(head, separatorOf(head));
  if (first.toLowerCase() !== "participant") return null;
  return { nLines: lines.length, text: `${count(lines.length, "participant")}, ${count(covariates.length, "covariate")}` };
}

/** What stands most often in the first line, as the server finds it. */
function separatorOf(head: string): string {
  const times = (separator: string) => head.split(separator).length;
  return SEPARATORS.reduce((most, one) => (times(one) > times(most) ? one : most));
}

export function heading({ label, unit }: Covariate): string {
  return unit ? `${label} [${unit}]` : label;
}

/** The newest table with a line for every participant, also for those of whom nothing is known: to fill in and enter again. */
export function csvOf({ covariates, rows, without }: Covariates): string {
  const blank = covariates.map(() => "");
  const lines = [...rows, ...without.map((participant) => ({ participant, cells: blank }))].sort((a, b) => (a.participant < b.participant ? -1 : 1));
  const head = covariates.map((one, place) => codedHeading(one, rows.map(({ cells }) => cells[place] ?? "")));
  return `\ufeff${[["participant", ...head], ...lines.map(({ participant, cells }) => [participant, ...cells])].map(csvLine).join("")}`;
}

/** Numbers that are codes of groups have to be called so, or they would come back as numbers. */
function codedHeading(covariate: Covariate, cells: string[]): string {
  return covariate.kind === "category" && cells.some((cell) => NUMERAL.test(cell)) ? `${covariate.label} [category]` : heading(covariate);
}

const csvLine = (cells: string[]): string => `${cells.map((cell) => quoted(harmless(cell))).join(",")}\r\n`;

const quoted = (cell: string): string => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const NUMERAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i;
const FORMULA = /^'*[=+\-@]/;

/** Text that a spreadsheet would run as a formula gets an apostrophe in front; a negative number is none. */
function harmless(cell: string): string {
  return FORMULA.test(cell) && !NUMERAL.test(cell) ? `'${cell}` : cell;
}

const CELL = /"(?:[^"]|"")*"|[^",;\t\r\n]+/g;

/** The same table without the apostrophes that `csvOf` put there: what is handed out and entered again says the same. */
export function withoutApostrophes(csv: string): string {
  return csv.replaceAll(CELL, (cell) => cell.replace(/^("?)'(?='*[=+\-@])/, "$1"));
}

export function fileName(study: string, version: number): string {
  return version === 0 ? `participants-${study}.csv` : `participants-${study}-v${version}.csv`;
}
