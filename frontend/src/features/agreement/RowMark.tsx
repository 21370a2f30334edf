import type { TableAgreement } from "@/api/types";
import { marksOf } from "./figures/forest";
import { Interval } from "./figures/Interval";
import { linear } from "./figures/scale";

const WIDTH = 120;
const ENDS = [-0.2, 1] as const;
const at = (value: number): number => linear(ENDS, [0, WIDTH])(Math.max(value, ENDS[0]));

/** The scale above the marks. */
export function ScaleMark() {
  return (
    <svg width={WIDTH} height={14} aria-hidden="true" fontSize={11} fill="currentColor" style={{ display: "block", overflow: "visible" }}>
      <text x={at(0)} y={11} textAnchor="middle">0</text>
      <text x={at(0.5)} y={11} textAnchor="middle">0.5</text>
      <text x={WIDTH} y={11} textAnchor="end">1</text>
    </svg>
  );
}

/** Kappa or alpha (filled) and AC (open) with their intervals; the figures beside it say the same. Cut off below −0.2. */
export function RowMark({ row }: { row: TableAgreement }) {
  return (
    <svg width={WIDTH} height={20} aria-hidden="true" style={{ display: "block", overflow: "visible" }}>
      {[0, 0.5, 1].map((tick) => <line key={tick} x1={at(tick)} x2={at(tick)} y1={0} y2={20} stroke="var(--dens-border)" />)}
      {marksOf(row).map(({ key, statistic }, index) => (
        <Interval key={key} statistic={statistic} at={at} y={index === 0 ? 6 : 14} isOpen={key === "ac"} isQuiet={row.caution !== ""} />
      ))}
    </svg>
  );
}
