import type { Statistic } from "@/api/types";

/** coefficient: two decimals; percent: of a share; points: of a score, one decimal; slope: points a point. */
export type Scale = "coefficient" | "percent" | "points" | "slope";

const DECIMALS = { coefficient: 2, points: 1, slope: 3 } as const;

/** A number with a true minus sign, and no minus before a zero. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

/** A share of 0 to 1 as whole per cents; below 100 it is never rounded up to 100, nor above 0 down to 0. */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (rounded === 100 && share < 1) return "99";
  return rounded === 0 && share > 0 ? "1" : String(rounded);
}

export const write = (value: number, scale: Scale): string => (scale === "percent" ? percent(value) : fixed(value, DECIMALS[scale]));

export interface Shown {
  /** The number, or null where there is none; a muted one is by construction, and its sentence says why. */
  estimate: string | null;
  /** "0.61 to 0.89", or null where there is none. */
  interval: string | null;
  sentence: string;
  isMuted: boolean;
}

/** How one statistic is shown: a number whose status is not ok is greyed, and never without its sentence. */
export function show(statistic: Statistic, scale: Scale): Shown {
  const unit = scale === "percent" ? " %" : "";
  const { estimate, low, high, status, sentence } = statistic;
  const isOk = status === "ok" && estimate !== null;
  return {
    estimate: estimate === null ? null : write(estimate, scale) + unit,
    interval: isOk && low !== null && high !== null ? `${write(low, scale)} to ${write(high, scale)}${unit}` : null,
    sentence: sentence || (isOk ? "" : "Not estimable from these readings."),
    isMuted: !isOk,
  };
}

/** "0.78 (0.61 to 0.89)", for a sentence. */
export function inWords(statistic: Statistic, scale: Scale): string {
  const { estimate, interval, sentence } = show(statistic, scale);
  if (estimate === null) return sentence;
  return interval ? `${estimate} (95 % interval ${interval})` : estimate;
}

/** Koo and Li 2016, J Chiropr Med 15:155-163. */
function wordOf(icc: number): string {
  if (icc > 0.9) return "excellent";
  if (icc >= 0.75) return "good";
  return icc >= 0.5 ? "moderate" : "poor";
}

/** What Koo and Li call an ICC, judged by its interval and never by the number alone: "moderate to good". */
export function reliability({ status, low, high }: Statistic): string | null {
  if (status !== "ok" || low === null || high === null) return null;
  const [from, to] = [wordOf(low), wordOf(high)];
  return from === to ? from : `${from} to ${to}`;
}

/** The names of a cross-table's rows and columns. */
export function gradesOf(table: number[][]): string[] {
  return table.length === 2 ? ["absent", "present"] : table.map((_, grade) => String(grade));
}
