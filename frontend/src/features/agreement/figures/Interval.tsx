import type { Statistic } from "@/api/types";
import { ACCENT } from "./look";

const QUIET = "#9AA5B1";

interface Props {
  statistic: Statistic;
  at: (value: number) => number;
  y: number;
  /** AC is drawn open, beside the filled mark of kappa or alpha. */
  isOpen: boolean;
  isQuiet: boolean;
}

/** A coefficient and its interval along a scale. What is not estimable has no mark; its sentence stands in the table. */
export function Interval({ statistic: { estimate, low, high, status }, at, y, isOpen, isQuiet }: Props) {
  if (estimate === null) return null;
  const colour = isQuiet || status !== "ok" ? QUIET : ACCENT;
  return (
    <g stroke={colour}>
      {low !== null && high !== null && <line x1={at(low)} x2={at(high)} y1={y} y2={y} strokeWidth={1.5} />}
      {isOpen ? <circle cx={at(estimate)} cy={y} r={3} fill="#FFFFFF" strokeWidth={1.5} /> : <rect x={at(estimate) - 3} y={y - 3} width={6} height={6} fill={colour} />}
    </g>
  );
}
