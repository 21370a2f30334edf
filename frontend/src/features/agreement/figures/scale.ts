/** Lengths on paper from numbers. Pure. */
export type Ends = readonly [from: number, to: number];

export interface Axis {
  ends: Ends;
  ticks: number[];
  /** Where a value lies. */
  at: (value: number) => number;
}

/** The part of the paper that values have: a mark at its end reaches over no frame and no tick. */
export function inside([begin, end]: Ends, margin = 16): Ends {
  const inwards = Math.sign(end - begin) * margin;
  return [begin + inwards, end - inwards];
}

/** The step of 1, 2 or 5 times a power of ten that gives at most so many intervals. */
export function stepOf([from, to]: Ends, most = 6): number {
  const rough = (to - from) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
}

/** An axis that begins and ends on a tick and holds all values; of one value only, it still has a length. */
export function axisOf(values: number[], paper: Ends, most = 6): Axis {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const span: Ends = least < greatest ? [least, greatest] : [least - 1, greatest + 1];
  const step = stepOf(span, most);
  const [first, last] = [Math.floor(span[0] / step + 1e-9), Math.ceil(span[1] / step - 1e-9)];
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
  const ends: Ends = [ticks[0] as number, ticks.at(-1) as number];
  return { ends, ticks, at: linear(ends, paper) };
}

export function linear([from, to]: Ends, [begin, end]: Ends): (value: number) => number {
  return (value) => begin + ((value - from) / (to - from)) * (end - begin);
}

/** Moves labels apart that would stand on each other: same order, each at least `gap` below the one before. */
export function spread(wanted: number[], gap: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] as number) - (wanted[b] as number));
  const placed = [...wanted];
  order.slice(1).forEach((index, before) => {
    const above = placed[order[before] as number] as number;
    placed[index] = Math.max(placed[index] as number, above + gap);
  });
  return placed;
}
