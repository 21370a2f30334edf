/** Which slice was never on screen, in all sittings so far and in this one. Pure. */
type Milliseconds = Readonly<Record<string, readonly number[]>>;

/** The first slice of the series that nobody has looked at yet, counted from 0; the first one where all were seen. */
export function firstUnseen(series: number, before: Milliseconds, now: Milliseconds): number {
  const earlier = before[series] ?? [];
  const here = now[series] ?? [];
  const length = Math.max(earlier.length, here.length);
  const found = Array.from({ length }, (_, slice) => (earlier[slice] ?? 0) + (here[slice] ?? 0)).indexOf(0);
  return Math.max(0, found);
}
