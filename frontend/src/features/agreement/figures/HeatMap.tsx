import { SegmentedControl, Select } from "@mantine/core";
import { useId, useState } from "react";
import type { ItemAgreement } from "@/api/types";
import { Backdrop, VIEW_BOX } from "@/ui/spine/Backdrop";
import { shadowsOf, type Spot, spotsOf } from "@/ui/spine/spots";
import { type Heat, heatOf, layersOf, type Measure } from "./heat";
import { HeatLegend } from "./HeatLegend";
import { FAINT, MUTED, RULE } from "./look";
import { Sheet } from "./Sheet";

const SIZE = [560, 500] as const;
const MEASURES = [{ value: "percent", label: "Percent agreement" }, { value: "ac", label: "Gwet AC" }];

interface Props {
  items: ItemAgreement[];
  labelOf: (region: string) => string;
  onOpen: (item: string) => void;
}

/** Where on the neck two readers agree, and where less. */
export function HeatMap({ items, labelOf, onOpen }: Props) {
  const [measure, setMeasure] = useState<Measure>("percent");
  const [chosen, setChosen] = useState("0");
  const hatch = useId();
  const layers = layersOf(items, labelOf);
  const layer = layers[Number(chosen)] ?? layers[0];
  if (!layer) return null;
  const spots = spotsOf(layer.items);
  const nUndrawn = layer.items.length - spots.length;
  const said = spots.map(({ items: [item] }) => item && `${item.label}: ${heatOf(item, measure).numeral || "not estimable"}`);
  return (
    <Sheet
      title={measure === "percent" ? "Percent agreement by site" : "Gwet AC by site"} size={SIZE}
      description={`Diagram of the cervical spine from the left, anterior at the left. ${said.join("; ")}.`}
      caption={`${methodOf(layer.items, measure)} Numbers of pairs and intervals: By site.${nUndrawn > 0 ? ` ${nUndrawn} of ${layer.items.length} have no place in the diagram.` : ""}`}
      controls={
        <>
          <SegmentedControl size="xs" aria-label="What is drawn" data={MEASURES} value={measure} onChange={(value) => setMeasure(value as Measure)} />
          {layers.length > 1 && (
            <Select
              size="xs" aria-label="Which question is drawn" allowDeselect={false} value={chosen} onChange={(value) => setChosen(value ?? "0")}
              data={layers.map(({ label }, index) => ({ value: String(index), label }))}
            />
          )}
        </>
      }
    >
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" fill="#FFFFFF" />
          <path d="M0 0v4" stroke="#B6BFCA" strokeWidth={1.4} />
        </pattern>
      </defs>
      <svg x={8} y={8} width={400} height={484} viewBox={VIEW_BOX}>
        <Backdrop shadows={shadowsOf(layer.items)} path={{ fill: FAINT, stroke: RULE, strokeWidth: 0.7 }} text={{ fill: MUTED, fontSize: 7.5, textAnchor: "middle" }} />
        {spots.map((spot) => <Site key={spot.shape.place} spot={spot} measure={measure} hatch={hatch} onOpen={onOpen} />)}
      </svg>
      <HeatLegend x={424} y={300} measure={measure} hatch={hatch} />
    </Sheet>
  );
}

interface SiteProps {
  spot: Spot<ItemAgreement>;
  measure: Measure;
  hatch: string;
  onOpen: (item: string) => void;
}

function Site({ spot: { shape, items: [item] }, measure, hatch, onOpen }: SiteProps) {
  if (!item) return null;
  const { step, numeral } = heatOf(item, measure);
  const [x, y] = shape.numeral ?? [0.4, 1.8];
  const size = shape.numeral ? 7.5 : 4.8;
  return (
    <g transform={shape.transform} cursor="pointer" onClick={() => onOpen(item.code)}>
      <title>{titleOf(item, measure, { step, numeral })}</title>
      <path d={shape.path} fill={step?.colour ?? `url(#${hatch})`} stroke={MUTED} strokeWidth={0.6} strokeLinejoin="round" />
      <text x={x} y={shape.numeral ? y - 1 : y} fontSize={size} fontWeight={600} fill={step?.ink} textAnchor="middle">{numeral}</text>
    </g>
  );
}

function titleOf(item: ItemAgreement, measure: Measure, { step, numeral }: Heat): string {
  const { sentence } = item.statistics[measure] ?? {};
  const value = step ? `${numeral}${measure === "percent" ? " %" : ""} of ${item.n_pairs} pairs` : sentence || "not estimable";
  return `${item.label}: ${value}`;
}

function methodOf(items: ItemAgreement[], measure: Measure): string {
  const methods = new Set(items.flatMap(({ statistics }) => statistics[measure]?.method ?? []));
  return methods.size > 0 ? `${measure === "percent" ? "Percent agreement" : "AC"}: ${[...methods].join("; ")}.` : "";
}
