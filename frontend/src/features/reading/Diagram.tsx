import { useId, useMemo } from "react";
import type { InstrumentItem } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { BODY, PILLAR, placed, VERTEBRAE } from "./diagram";
import type { Answers } from "./draft";
import { isAt, nextAt, shownOf, type Spot, spotsOf } from "./places";
import classes from "./Diagram.module.css";

interface Props {
  items: InstrumentItem[];
  answers: Answers;
  current: ItemCode;
  titleOf: (item: InstrumentItem) => string;
  onPick: (item: ItemCode) => void;
  onHover: (item: ItemCode | null) => void;
}

const GHOST = VERTEBRAE.at(-1) as (typeof VERTEBRAE)[number];

/** The map of the sites: each in the colour of its grade, the current one outlined. */
export function Diagram({ items, answers, current, titleOf, onPick, onHover }: Props) {
  const hatch = useId();
  const spots = useMemo(() => spotsOf(items), [items]);
  // The current site is drawn last, or a neighbour would cover its outline.
  const inOrder = [...spots.filter((spot) => !isAt(spot, current)), ...spots.filter((spot) => isAt(spot, current))];
  return (
    <svg className={classes.diagram} viewBox="38 14 158 214" role="group" aria-label="Diagram of the cervical spine, anterior at the left">
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" className={classes.hatchGround} />
          <path d="M0 0v4" className={classes.hatchLine} />
        </pattern>
      </defs>
      <g className={classes.ghost} aria-hidden="true">
        {VERTEBRAE.slice(0, -1).map((one) => <path key={one.name} d={PILLAR} transform={placed(one)} />)}
        <path d={BODY} transform={placed(GHOST)} />
        {VERTEBRAE.map((one) => <text key={one.name} x={one.x - 27} y={one.y + 3.5}>{one.name}</text>)}
      </g>
      {inOrder.map((spot) => (
        <Site key={spot.shape.place} spot={spot} answers={answers} current={current} hatch={hatch} titleOf={titleOf} onPick={onPick} onHover={onHover} />
      ))}
    </svg>
  );
}

interface SiteProps extends Omit<Props, "items"> {
  spot: Spot;
  hatch: string;
}

function Site({ spot, answers, current, hatch, titleOf, onPick, onHover }: SiteProps) {
  const { shape, items } = spot;
  const { grade, look } = shownOf(spot, answers);
  const isCurrent = isAt(spot, current);
  const title = items.map(titleOf).join("\n");
  return (
    <g
      className={classes.site} transform={shape.transform} role="button" tabIndex={-1} aria-label={title}
      data-look={look} data-kind={items[0]?.kind} data-active={isCurrent || undefined}
      onClick={() => onPick(nextAt(spot, current))} onPointerEnter={() => onHover(isCurrent ? current : (items[0] as InstrumentItem).code)} onPointerLeave={() => onHover(null)}
    >
      <title>{title}</title>
      <path d={shape.path} style={look === "none" ? { fill: `url(#${hatch})` } : undefined} />
      {shape.numeral && grade !== null && <text x={shape.numeral[0]} y={shape.numeral[1]}>{grade}</text>}
    </g>
  );
}
