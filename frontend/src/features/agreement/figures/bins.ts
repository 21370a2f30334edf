/** Cases at the very same place of a figure: scores are whole numbers, and most patients have few points. Pure. */
export interface Dot {
  x: number;
  y: number;
  case: string;
}

export interface Bin {
  x: number;
  y: number;
  cases: string[];
}

/** One bin a place, the fullest first: smaller ones are drawn over it. */
export function binsOf(dots: Dot[]): Bin[] {
  const bins = new Map<string, Bin>();
  for (const { x, y, case: code } of dots) {
    const bin = bins.get(`${x}|${y}`);
    if (bin) bin.cases.push(code);
    else bins.set(`${x}|${y}`, { x, y, cases: [code] });
  }
  return [...bins.values()].sort((a, b) => b.cases.length - a.cases.length);
}

const LARGEST = 16;

/** Area by the number of cases, as far as there is room. */
export const radiusOf = ({ cases }: Bin): number => Math.min(4 * Math.sqrt(cases.length), LARGEST);
