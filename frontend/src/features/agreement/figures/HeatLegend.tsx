import { type Measure, STEPS } from "./heat";
import { MUTED, SMALL } from "./look";

/** What the colours say, from little to much agreement. */
export function HeatLegend({ x, y, measure, hatch }: { x: number; y: number; measure: Measure; hatch: string }) {
  const lines = [...STEPS.map(({ colour, words }) => ({ fill: colour, word: words[measure] })), { fill: `url(#${hatch})`, word: "not estimable" }];
  return (
    <g transform={`translate(${x} ${y})`} fontSize={SMALL}>
      <text fontWeight={600}>{measure === "percent" ? "Agreement (%)" : "Gwet AC"}</text>
      {lines.map(({ fill, word }, index) => (
        <g key={word} transform={`translate(0 ${12 + index * 22})`}>
          <rect width={20} height={14} rx={2} fill={fill} stroke={MUTED} strokeWidth={0.6} />
          <text x={28} y={11}>{word}</text>
        </g>
      ))}
    </g>
  );
}
