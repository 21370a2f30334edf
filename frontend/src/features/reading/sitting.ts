/** The time somebody was at work, pauses taken out. Pure: the clock is told, never asked. */
const PAUSE_MS = 60_000; // without a key or a move of the mouse: reading a slice takes less

export class ActiveTime {
  private total = 0;
  private lastInput: number | null = null;

  /** Somebody did something. What lies between two inputs was work, unless it was a pause. */
  input(now: number): void {
    this.total += this.open(now);
    this.lastInput = now;
  }

  /** Nobody can see the page: the work stops here, and the next input begins it anew. */
  leave(now: number): void {
    this.total += this.open(now);
    this.lastInput = null;
  }

  /** Up to the last input: whether what comes after it is work or a pause, the next one says. */
  get ms(): number {
    return Math.round(this.total);
  }

  private open(now: number): number {
    const since = this.lastInput === null ? Number.POSITIVE_INFINITY : now - this.lastInput;
    return since < PAUSE_MS ? Math.max(0, since) : 0;
  }
}

const BROWSERS: [string, RegExp][] = [
  ["Edge", /Edg\/(\d+)/],
  ["Firefox", /Firefox\/(\d+)/],
  ["Chrome", /Chrom(?:e|ium)\/(\d+)/],
  ["Safari", /Version\/(\d+).* Safari\//],
];

/** The browser and its version, and no more of what it says of itself. */
export function browserOf(agent: string): string {
  for (const [name, pattern] of BROWSERS) {
    const found = pattern.exec(agent);
    if (found) return `${name} ${found[1]}`;
  }
  return "another browser";
}
