/** What the statistics of a report are called, in the order of a table in a paper, and how they are written. */
import type { Statistic } from "@/api/types";
import type { Scale } from "./statistic";

export interface Column {
  key: string;
  label: string;
  scale: Scale;
  /** Corrected for chance: not to be read where positives are few. */
  isBeyondChance: boolean;
}

const column = (key: string, label: string, scale: Scale, isBeyondChance = false): Column => ({ key, label, scale, isBeyondChance });

const COLUMNS: Column[] = [
  column("percent", "Agreement", "percent"),
  column("positive", "Positive", "percent"),
  column("negative", "Negative", "percent"),
  column("kappa", "Kappa", "coefficient", true),
  column("kappa_quadratic", "Kappa, quadratic weights", "coefficient", true),
  column("alpha", "Alpha", "coefficient", true),
  column("ac", "Gwet AC", "coefficient", true),
  column("pabak", "PABAK", "coefficient", true),
  column("icc", "ICC", "coefficient"),
  column("icc_consistency", "ICC, consistency", "coefficient"),
  column("icc_mixed", "ICC, readers crossed", "coefficient"),
  column("icc_mean", "ICC, mean of two", "coefficient"),
  column("ccc", "CCC", "coefficient"),
  column("bias", "Bias", "points"),
  column("sem", "SEM", "points"),
  column("reader_sd", "SD of readers", "points"),
  column("sdc", "SDC", "points"),
  column("sdc_mean", "SDC, mean of two", "points"),
  column("adjudication_rate", "Adjudicated", "percent"),
  column("disagreement_index", "Disagreement index", "percent"),
];

type Statistics = Record<string, Statistic>;

/** The columns that at least one row fills: known ones in their order, then whatever else there is, by its own name. */
export function columnsOf(rows: { statistics: Statistics }[]): Column[] {
  const found = new Map(rows.flatMap(({ statistics }) => Object.entries(statistics)));
  const known = COLUMNS.filter(({ key }) => found.has(key));
  const unknown = [...found].filter(([key]) => !COLUMNS.some((one) => one.key === key)).map(([key, { name }]) => column(key, name, "coefficient"));
  return [...known, ...unknown];
}

/** How each column was computed; a column has more than one method where its rows differ in kind. */
export function methodsOf(rows: { statistics: Statistics }[], columns: Column[]): { label: string; method: string }[] {
  return columns.flatMap(({ key, label }) => {
    const methods = new Set(rows.flatMap(({ statistics }) => statistics[key]?.method ?? []));
    return [...methods].map((method) => ({ label, method }));
  });
}
