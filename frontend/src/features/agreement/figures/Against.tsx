import type { SumAgreement } from "@/api/types";
import { count } from "@/lib/format";
import { inWords } from "../statistic";
import { AtLeft, Below } from "./Axes";
import { binsOf } from "./bins";
import { Dots } from "./Dots";
import { MUTED, SMALL } from "./look";
import { axisOf, type Ends, inside } from "./scale";
import { Sheet } from "./Sheet";

const SIZE = [440, 420] as const;
const ACROSS: Ends = [64, 416];
const DOWN: Ends = [16, 368];
const FRAME = { across: ACROSS, down: DOWN };

interface Props {
  sum: SumAgreement;
  /** Whether it is always the same two readers: only then do the axes bear their names. */
  isCrossed: boolean;
  onOpen: () => void;
  onPick: (cases: string[]) => void;
}

/** One reader's sum against the other's, in a square: on the line they are equal. */
export function Against({ sum, isCrossed, onOpen, onPick }: Props) {
  const dots = sum.points.map(({ case: code, values: [one = 0, other = 0] }) => ({ case: code, x: one, y: other }));
  const values = [0, ...dots.flatMap(({ x, y }) => [x, y])];
  const [x, y] = [axisOf(values, inside(ACROSS)), axisOf(values, inside([DOWN[1], DOWN[0]]))];
  const [one, other] = isCrossed ? (sum.points[0]?.readers ?? []) : [];
  const nEqual = dots.filter((dot) => dot.x === dot.y).length;
  const { icc } = sum.statistics;
  const said = `${nEqual} of ${count(dots.length, "case")} on the line.`;
  return (
    <Sheet
      title={`${sum.label} against ${sum.label.toLowerCase()}`} size={SIZE} onOpen={onOpen}
      description={`${sum.label} of two readers, from 0 to ${Math.max(...values)} of ${sum.highest} points: ${said}`}
      caption={`${said} Area and numeral: cases at one place.${icc ? ` ICC ${inWords(icc, "coefficient")}: ${icc.method}.` : ""}`}
    >
      <Below axis={x} label={`${sum.label}, ${one ?? "one reader"} (points)`} frame={FRAME} hasLines />
      <AtLeft axis={y} label={`${sum.label}, ${other ?? "the other reader"} (points)`} frame={FRAME} hasLines />
      <line x1={x.at(x.ends[0])} y1={y.at(x.ends[0])} x2={x.at(x.ends[1])} y2={y.at(x.ends[1])} stroke={MUTED} strokeDasharray="4 4" />
      <text transform={`translate(${x.at(x.ends[1])} ${y.at(x.ends[1]) + 20}) rotate(-45)`} fontSize={SMALL} fill={MUTED} textAnchor="end">equal</text>
      <Dots bins={binsOf(dots)} x={x.at} y={y.at} onPick={onPick} />
    </Sheet>
  );
}
