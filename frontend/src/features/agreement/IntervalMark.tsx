import type { Statistic } from "@/api/types";
import { along } from "./statistic";

const ENDS = [-0.5, 1] as const;
const WIDTH = 140;

/** The interval drawn on a scale from −0.5 to 1 with a tick at 0; the figures beside it say the same in words. */
export function IntervalMark({ statistic }: { statistic: Statistic }) {
  const { estimate, low, high, status } = statistic;
  const x = (value: number) => (along(value, ENDS) * WIDTH) / 100;
  return (
    <svg width={WIDTH} height={16} aria-hidden="true" style={{ display: "block", overflow: "visible" }}>
      <line x1={0} x2={WIDTH} y1={8} y2={8} stroke="var(--dens-border)" />
      <line x1={x(0)} x2={x(0)} y1={3} y2={13} stroke="#B6BFCA" />
      {status === "ok" && low !== null && high !== null && <line x1={x(low)} x2={x(high)} y1={8} y2={8} stroke="var(--dens-accent)" strokeWidth={2} />}
      {status === "ok" && estimate !== null && <circle cx={x(estimate)} cy={8} r={4} fill="var(--dens-accent)" />}
    </svg>
  );
}
