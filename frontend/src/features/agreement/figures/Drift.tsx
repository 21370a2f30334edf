import type { Drift as Course } from "@/api/types";
import { count } from "@/lib/format";
import { inWords } from "../statistic";
import { AtLeft, Below } from "./Axes";
import { binsOf } from "./bins";
import { Dots } from "./Dots";
import { ACCENT, RULE } from "./look";
import { axisOf, type Ends, inside } from "./scale";
import { Sheet } from "./Sheet";

const SIZE = [520, 280] as const;
const ACROSS: Ends = [64, 500];
const DOWN: Ends = [16, 228];
const FRAME = { across: ACROSS, down: DOWN };

interface Props {
  course: Course;
  /** The largest difference of any reader: all figures have one scale. */
  reach: number;
  onOpen: () => void;
  onPick: (cases: string[]) => void;
}

/** Whether a reader changes as they go: the difference from the other reader, in the order of signing. */
export function Drift({ course: { reader, points, slope, quarters }, reach, onOpen, onPick }: Props) {
  const last = Math.max(1, ...points.map(({ order }) => order));
  const x = axisOf([0, last], inside(ACROSS));
  const y = axisOf([-reach, reach], inside([DOWN[1], DOWN[0]]));
  const dots = points.map(({ case: code, order, difference }) => ({ case: code, x: order, y: difference }));
  const change = slope.status === "ok" ? `Change a reading: ${inWords(slope, "slope")} points.` : slope.sentence;
  return (
    <Sheet
      title={`Drift of ${reader}`} size={SIZE} onOpen={onOpen}
      description={`Differences of ${reader} from the other reader in ${count(points.length, "reading")}, in the order of signing. ${change}`}
      caption={`${count(points.length, "reading")}. ${change} Lines: mean of each quarter of the readings. Slope: ${slope.method}.`}
    >
      <Below axis={x} label={`Readings signed by ${reader}, in order`} frame={FRAME} />
      <AtLeft axis={y} label="Difference (points)" frame={FRAME} />
      <line x1={ACROSS[0]} x2={ACROSS[1]} y1={y.at(0)} y2={y.at(0)} stroke={RULE} />
      {quarters.map(({ estimate }, index) => {
        const quarter = points.slice(Math.floor((points.length * index) / quarters.length), Math.floor((points.length * (index + 1)) / quarters.length));
        const [first, final] = [quarter[0], quarter.at(-1)];
        if (estimate === null || !first || !final) return null;
        return <line key={first.case} x1={x.at(first.order - 0.5)} x2={x.at(final.order + 0.5)} y1={y.at(estimate)} y2={y.at(estimate)} stroke={ACCENT} strokeWidth={2} />;
      })}
      <Dots bins={binsOf(dots)} x={x.at} y={y.at} onPick={onPick} />
    </Sheet>
  );
}
