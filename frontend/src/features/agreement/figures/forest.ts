/** Where the lines of a forest plot stand. Pure. */
import type { ItemAgreement, Statistic } from "@/api/types";

export const LINE = 20;
const GAP = 8;

export interface Mark {
  key: string;
  statistic: Statistic;
}

export interface Row {
  item: ItemAgreement;
  y: number;
  marks: Mark[];
}

export interface Forest {
  heads: { code: string; label: string; y: number }[];
  rows: Row[];
  height: number;
  /** Values the axis must hold: 0, 1, and whatever lies below. */
  reach: number[];
}

/** What is drawn of an item: the coefficient its design allows, and AC beside it. */
export function marksOf({ statistics }: Pick<ItemAgreement, "statistics">): Mark[] {
  return ["kappa", "alpha", "ac"].flatMap((key) => (statistics[key] ? [{ key, statistic: statistics[key] }] : []));
}

/** Regions in their order, each with its items below its name. */
export function forestOf(items: ItemAgreement[], labelOf: (region: string) => string): Forest {
  const forest: Forest = { heads: [], rows: [], height: 0, reach: [0, 1] };
  let y = 0;
  for (const code of new Set(items.map(({ region }) => region))) {
    forest.heads.push({ code, label: labelOf(code), y });
    y += LINE;
    for (const item of items.filter(({ region }) => region === code)) {
      const marks = marksOf(item);
      forest.rows.push({ item, y, marks });
      forest.reach.push(...marks.flatMap(({ statistic: { estimate, low } }) => [estimate, low]).filter((end) => end !== null));
      y += LINE;
    }
    y += GAP;
  }
  return { ...forest, height: Math.max(0, y - GAP) };
}
