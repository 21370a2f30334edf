/** How a grade is drawn: the ramp has four steps, whatever the scale. Pure. */
import type { InstrumentRegion } from "@/api/types";

/** "0" to "3", by the grade's share of the highest one of its scale. A flag that is set is no severity: it is drawn in the middle. */
export function lookOf({ grades, scored }: Pick<InstrumentRegion, "grades" | "scored">, grade: number): string {
  if (grade === 0) return "0";
  if (!scored) return "2";
  return String(Math.ceil((3 * grade) / Math.max(...grades.map(({ value }) => value))));
}
