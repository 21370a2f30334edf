import { count } from "@/lib/format";
import { type Bin, radiusOf } from "./bins";
import { ACCENT } from "./look";

interface Props {
  bins: Bin[];
  x: (value: number) => number;
  y: (value: number) => number;
  /** The pointer's way to the readings; the button beside the figure is the keyboard's. */
  onPick: (cases: string[]) => void;
}

/** Cases as circles; where several lie on each other, one larger circle with their number. */
export function Dots({ bins, x, y, onPick }: Props) {
  return bins.map((bin) => (
    <g key={`${bin.x} ${bin.y}`} transform={`translate(${x(bin.x)} ${y(bin.y)})`} cursor="pointer" onClick={() => onPick(bin.cases)}>
      <title>{`${count(bin.cases.length, "case")}: ${bin.cases.join(", ")}`}</title>
      <circle r={radiusOf(bin)} fill={ACCENT} fillOpacity={0.75} stroke="#FFFFFF" />
      {bin.cases.length > 1 && <text y={3.2} fontSize={9} fontWeight={600} fill="#FFFFFF" textAnchor="middle">{bin.cases.length}</text>}
    </g>
  ));
}
