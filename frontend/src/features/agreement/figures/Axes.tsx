import { FAINT, MUTED, RULE, SMALL } from "./look";
import type { Axis, Ends } from "./scale";

export interface Frame {
  across: Ends;
  down: Ends;
}

const number = (value: number): string => String(value).replace("-", "−");

interface Props {
  axis: Axis;
  label: string;
  /** The frame, on paper: from left to right, from top to bottom. */
  frame: Frame;
  hasLines?: boolean;
}

/** Below the figure. */
export function Below({ axis, label, frame: { across: [left, right], down: [top, bottom] }, hasLines = false }: Props) {
  return (
    <g fill={MUTED} fontSize={SMALL} textAnchor="middle">
      {axis.ticks.map((tick) => (
        <g key={tick}>
          {hasLines && <line x1={axis.at(tick)} x2={axis.at(tick)} y1={top} y2={bottom} stroke={FAINT} />}
          <line x1={axis.at(tick)} x2={axis.at(tick)} y1={bottom} y2={bottom + 4} stroke={RULE} />
          <text x={axis.at(tick)} y={bottom + 17}>{number(tick)}</text>
        </g>
      ))}
      <line x1={left} x2={right} y1={bottom} y2={bottom} stroke={RULE} />
      <text x={(left + right) / 2} y={bottom + 36} fontSize={12}>{label}</text>
    </g>
  );
}

/** At the left of the figure. */
export function AtLeft({ axis, label, frame: { across: [left, right], down: [top, bottom] }, hasLines = false }: Props) {
  return (
    <g fill={MUTED} fontSize={SMALL} textAnchor="end">
      {axis.ticks.map((tick) => (
        <g key={tick}>
          {hasLines && <line x1={left} x2={right} y1={axis.at(tick)} y2={axis.at(tick)} stroke={FAINT} />}
          <line x1={left - 4} x2={left} y1={axis.at(tick)} y2={axis.at(tick)} stroke={RULE} />
          <text x={left - 8} y={axis.at(tick) + 4}>{number(tick)}</text>
        </g>
      ))}
      <line x1={left} x2={left} y1={top} y2={bottom} stroke={RULE} />
      <text x={0} y={0} transform={`translate(${left - 38} ${(top + bottom) / 2}) rotate(-90)`} textAnchor="middle" fontSize={12}>{label}</text>
    </g>
  );
}
