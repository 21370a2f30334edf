import type { Statistic } from "@/api/types";

export type Scale = "coefficient" | "percent";

function coefficient(value: number): string {
  const text = value.toFixed(2);
  return text === "-0.00" ? "0.00" : text.replace("-", "−");
}

/** A share of 0 to 1 as whole per cents; below 100 it is never rounded up to 100, nor above 0 down to 0. */
function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (rounded === 100 && share < 1) return "99";
  return rounded === 0 && share > 0 ? "1" : String(rounded);
}

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
  const write = scale === "percent" ? percent : coefficient;
  const unit = scale === "percent" ? " %" : "";
  const { estimate, low, high, status, sentence } = statistic;
  const isOk = status === "ok" && estimate !== null;
  return {
    estimate: estimate === null ? null : write(estimate) + unit,
    interval: isOk && low !== null && high !== null ? `${write(low)} to ${write(high)}${unit}` : null,
    sentence: sentence || (isOk ? "" : "Not estimable from these readings."),
    isMuted: !isOk,
  };
}

/** Where a value lies between two ends, in per cent of the way; for drawing. */
export function along(value: number, [from, to]: readonly [number, number]): number {
  return (100 * (Math.min(Math.max(value, from), to) - from)) / (to - from);
}

/** The names of a cross-table's rows and columns. */
export function gradesOf(table: number[][]): string[] {
  return table.length === 2 ? ["absent", "present"] : table.map((_, grade) => String(grade));
}
