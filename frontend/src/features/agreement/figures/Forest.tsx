import type { ItemAgreement } from "@/api/types";
import { count } from "@/lib/format";
import { inWords, show } from "../statistic";
import { Below } from "./Axes";
import { type Forest as Layout, forestOf, type Row } from "./forest";
import { Interval } from "./Interval";
import { MUTED, RULE, SMALL } from "./look";
import { axisOf, type Ends } from "./scale";
import { Sheet } from "./Sheet";

const WIDTH = 890;
const ACROSS: Ends = [270, 610];
const TOP = 28;
const NAMES: Record<string, string> = { kappa: "Kappa", alpha: "Alpha", ac: "AC" };

interface Props {
  items: ItemAgreement[];
  labelOf: (region: string) => string;
  onOpen: (item: string) => void;
}

/** Every site's agreement beyond chance with its interval, region by region. */
export function Forest({ items, labelOf, onOpen }: Props) {
  const layout = forestOf(items, labelOf);
  const main = NAMES[layout.rows[0]?.marks[0]?.key ?? "ac"];
  const bottom = TOP + layout.height;
  const axis = axisOf(layout.reach.map((end) => Math.max(end, -1)), ACROSS);
  return (
    <Sheet
      title="Agreement beyond chance by site" size={[WIDTH, bottom + 48]} description={described(layout)}
      caption={`${count(items.length, "item")}. Filled: ${main?.toLowerCase()}; open: AC; lines: 95 % intervals. Grey: fewer positives than numbers corrected for chance need. Methods under the table.`}
    >
      <g fill={MUTED} fontSize={SMALL}>
        <text x={ACROSS[1] + 24} y={14}>{main} (95 % interval)</text>
        <text x={ACROSS[1] + 156} y={14}>AC</text>
      </g>
      <Below axis={axis} label="Coefficient" frame={{ across: ACROSS, down: [TOP - 8, bottom] }} hasLines />
      <line x1={axis.at(0)} x2={axis.at(0)} y1={TOP - 8} y2={bottom} stroke={RULE} />
      <g transform={`translate(0 ${TOP})`}>
        {layout.heads.map(({ code, label, y }) => <text key={code} x={12} y={y + 12} fontWeight={600}>{label}</text>)}
        {layout.rows.map((row) => <Line key={row.item.code} row={row} at={(value) => axis.at(Math.max(value, axis.ends[0]))} onOpen={onOpen} />)}
      </g>
    </Sheet>
  );
}

function Line({ row: { item, y, marks }, at, onOpen }: { row: Row; at: (value: number) => number; onOpen: (item: string) => void }) {
  const isQuiet = item.caution !== "";
  return (
    <g transform={`translate(0 ${y})`} cursor="pointer" fill={isQuiet ? MUTED : undefined} onClick={() => onOpen(item.code)}>
      <rect width={WIDTH} height={20} fill="#FFFFFF" fillOpacity={0} />
      <text x={24} y={13}>{item.label}</text>
      {marks.map(({ key, statistic }, index) => (
        <g key={key}>
          <Interval statistic={statistic} at={at} y={index === 0 ? 6 : 13} isOpen={key === "ac"} isQuiet={isQuiet} />
          <text x={ACROSS[1] + (index === 0 ? 24 : 156)} y={13} fontSize={SMALL}>{figureOf(show(statistic, "coefficient"))}</text>
        </g>
      ))}
    </g>
  );
}

function figureOf({ estimate, interval }: { estimate: string | null; interval: string | null }): string {
  if (estimate === null) return "–";
  return interval ? `${estimate} (${interval})` : estimate;
}

function described({ rows }: Layout): string {
  const said = rows.map(({ item, marks }) => `${item.label}: ${marks.map(({ key, statistic }) => `${NAMES[key]} ${inWords(statistic, "coefficient")}`).join(", ")}`);
  return `${said.join(". ")}.`;
}
