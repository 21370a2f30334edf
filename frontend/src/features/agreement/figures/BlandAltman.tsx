import type { BlandAltman as Limits, SumAgreement } from "@/api/types";
import { count } from "@/lib/format";
import { fixed, inWords, show } from "../statistic";
import { AtLeft, Below } from "./Axes";
import { binsOf } from "./bins";
import { Dots } from "./Dots";
import { ACCENT, MUTED, RULE, SMALL } from "./look";
import { axisOf, type Ends, inside, spread } from "./scale";
import { Sheet } from "./Sheet";

const SIZE = [640, 400] as const;
const ACROSS: Ends = [64, 500];
const DOWN: Ends = [16, 344];
const FRAME = { across: ACROSS, down: DOWN };
const LINES = [["upper", "Upper limit"], ["bias", "Bias"], ["lower", "Lower limit"]] as const;

interface Props {
  sum: SumAgreement;
  limits: Limits;
  onOpen: () => void;
  onPick: (cases: string[]) => void;
}

/** The difference of two readers against their mean: bias and limits of agreement, each with its interval as a band. */
export function BlandAltman({ sum, limits, onOpen, onPick }: Props) {
  const dots = sum.points.map(({ case: code, values: [one = 0, other = 0] }) => ({ case: code, x: (one + other) / 2, y: one - other }));
  const ends = LINES.flatMap(([key]) => [limits[key].estimate, limits[key].low, limits[key].high]).filter((end) => end !== null);
  const x = axisOf([0, ...dots.map((dot) => dot.x)], inside(ACROSS));
  const y = axisOf([0, ...ends, ...dots.map((dot) => dot.y)], inside([DOWN[1], DOWN[0]]));
  const [one, other] = sum.points[0]?.readers ?? ["R1", "R2"];
  const said = LINES.map(([key, label]) => `${label.toLowerCase()} ${inWords(limits[key], "points")}`).join("; ");
  return (
    <Sheet
      title={`Bland-Altman: ${sum.label}`} size={SIZE} onOpen={onOpen}
      description={`Differences of ${count(sum.n_pairs, "case")} against their means: ${said}.`}
      caption={<Caption sum={sum} limits={limits} />}
    >
      <Below axis={x} label={`Mean of ${one} and ${other} (points)`} frame={FRAME} />
      <AtLeft axis={y} label={`${one} − ${other} (points)`} frame={FRAME} />
      <line x1={ACROSS[0]} x2={ACROSS[1]} y1={y.at(0)} y2={y.at(0)} stroke={RULE} />
      <Bands limits={limits} at={y.at} />
      <Dots bins={binsOf(dots)} x={x.at} y={y.at} onPick={onPick} />
    </Sheet>
  );
}

function Bands({ limits, at }: { limits: Limits; at: (value: number) => number }) {
  const drawn = LINES.flatMap(([key, label]) => {
    const { estimate, low, high } = limits[key];
    return estimate === null ? [] : [{ key, label, estimate, low, high, shown: show(limits[key], "points") }];
  });
  const places = spread(drawn.map(({ estimate }) => at(estimate)), 28);
  return drawn.map(({ key, label, estimate, low, high, shown }, index) => (
    <g key={key}>
      {low !== null && high !== null && <rect x={ACROSS[0]} width={ACROSS[1] - ACROSS[0]} y={at(high)} height={at(low) - at(high)} fill={ACCENT} fillOpacity={0.09} />}
      <line x1={ACROSS[0]} x2={ACROSS[1]} y1={at(estimate)} y2={at(estimate)} stroke={ACCENT} strokeWidth={1.5} strokeDasharray={key === "bias" ? undefined : "5 4"} />
      <text x={ACROSS[1] + 10} y={places[index]} fontWeight={600}>{label} {fixed(estimate, 1)}</text>
      {shown.interval && <text x={ACROSS[1] + 10} y={(places[index] ?? 0) + 13} fontSize={SMALL} fill={MUTED}>{shown.interval}</text>}
    </g>
  ));
}

function Caption({ sum, limits }: { sum: SumAgreement; limits: Limits }) {
  const hidden = [limits.bias, limits.lower, limits.upper].find(({ status }) => status !== "ok")?.sentence;
  const [one, other] = sum.points[0]?.readers ?? ["R1", "R2"];
  return (
    <>
      {count(sum.n_pairs, "case")}; positive: {one} higher than {other}. Area and numeral: cases at one place. Bands: 95 % intervals ({limits.upper.method}).
      {limits.slope.sentence && ` ${limits.slope.sentence}`}{hidden && hidden !== limits.slope.sentence && ` ${hidden}`}
    </>
  );
}
