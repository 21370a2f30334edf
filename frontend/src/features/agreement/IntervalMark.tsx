import type { Statistic } from "@/api/types";
import { along } from "./statistic";

const ENDS = [-1, 1] as const;
const WIDTH = 140;
const x = (value: number) => (along(value, ENDS) * WIDTH) / 100;

/** The scale above the marks. */
export function IntervalScale() {
  return (
    <svg width={WIDTH} height={14} aria-hidden="true" fontSize={11} fill="currentColor" style={{ display: "block", overflow: "visible" }}>
      <text x={0} y={11}>−1</text>
      <text x={x(0)} y={11} textAnchor="middle">0</text>
      <text x={WIDTH} y={11} textAnchor="end">1</text>
    </svg>
  );
}

/** The interval drawn, with a tick at 0; the figures beside it say the same in words. */
export function IntervalMark({ statistic }: { statistic: Statistic }) {
  const { estimate, low, high, status } = statistic;
  return (
    <svg width={WIDTH} height={16} aria-hidden="true" style={{ display: "block", overflow: "visible" }}>
      <line x1={0} x2={WIDTH} y1={8} y2={8} stroke="var(--dens-border)" />
      <line x1={x(0)} x2={x(0)} y1={3} y2={13} stroke="#B6BFCA" />
      {status === "ok" && low !== null && high !== null && <line x1={x(low)} x2={x(high)} y1={8} y2={8} stroke="var(--dens-accent)" strokeWidth={2} />}
      {status === "ok" && estimate !== null && <circle cx={x(estimate)} cy={8} r={4} fill="var(--dens-accent)" />}
    </svg>
  );
}
