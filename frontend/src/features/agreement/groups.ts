/** Numbers of groups of patients, as a table of a paper has them. */
import type { Clinical, Comparison, Group } from "@/api/types";
import { count } from "@/lib/format";
import { fixed } from "./statistic";

/** One number of decimals a row: two where all are small, as of CRP in mg/dl. */
export function decimalsOf({ groups }: Pick<Comparison, "groups">): number {
  const greatest = Math.max(0, ...groups.flatMap(({ q3, mean }) => [q3 ?? 0, mean ?? 0]));
  return greatest > 0 && greatest < 2 ? 2 : 1;
}

/** "5.5 (4.0 to 7.0)": median and quartiles. */
export function medianOf({ median, q1, q3 }: Group, decimals: number): string {
  if (median === null) return "–";
  return q1 === null || q3 === null ? fixed(median, decimals) : `${fixed(median, decimals)} (${fixed(q1, decimals)} to ${fixed(q3, decimals)})`;
}

/** "n 24, mean 5.4, SD 2.1": what stands below; an unknown is told, and why something is missing. */
export function aboutOf({ n, n_missing, mean, sd, sentence }: Group, decimals: number): string {
  const parts = [`n ${n}`, n_missing > 0 && `${n_missing} unknown`, mean !== null && `mean ${fixed(mean, decimals)}`, sd !== null && `SD ${fixed(sd, decimals)}`];
  return [parts.filter(Boolean).join(", "), sentence].filter(Boolean).join(". ");
}

/** The names of the groups of all rows, in the order they come. */
export const groupNames = (comparisons: Comparison[]): string[] => [...new Set(comparisons.flatMap(({ groups }) => groups.map(({ label }) => label)))];

/** Whom the tables are of, and whom they leave out. */
export function coverage({ n_patients, n_unsettled, n_left_out, sentence }: Clinical): string {
  const parts = [
    `${count(n_patients, "participant")} with a settled case; what is present is by the consensus.`,
    n_unsettled > 0 && `${n_unsettled} without a settled case ${n_unsettled === 1 ? "is" : "are"} not in these tables.`,
    n_left_out > 0 && `${n_left_out} with several cases, none of them known to be the first, ${n_left_out === 1 ? "is" : "are"} left out.`,
    sentence,
  ];
  return parts.filter(Boolean).join(" ");
}
