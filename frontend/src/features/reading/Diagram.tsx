import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import type { Instrument, InstrumentItem } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { Backdrop, VIEW_BOX } from "@/ui/spine/Backdrop";
import { shadowsOf, spotsOf } from "@/ui/spine/spots";
import { type Answers, itemsOf } from "./draft";
import { type Verdicts, verdictAt } from "./feedback";
import { isAt, nextAt, shownOf, type Spot } from "./places";
import classes from "./Diagram.module.css";

interface Props {
  instrument: Instrument;
  answers: Answers;
  /** In practice, what the reference says. */
  verdicts: Verdicts | null;
  current: ItemCode;
  titleOf: (item: InstrumentItem) => string;
  onPick: (item: ItemCode) => void;
  /** What the pointer or the focus is on; null: on nothing of the diagram. */
  onPeek: (item: ItemCode | null) => void;
}

const PRESSES = ["Enter", "NumpadEnter", "Space"];

/**
 * The map of the sites: each in the colour of its grade, the current one outlined. One of them is on the way of the Tab key;
 * with the focus there, what is asked shows in full, and the focus goes along with the current site.
 */
export function Diagram({ instrument, answers, verdicts, current, titleOf, onPick, onPeek }: Props) {
  const hatch = useId();
  const map = useRef<SVGSVGElement>(null);
  const spots = useMemo(() => spotsOf(itemsOf(instrument)), [instrument]);
  const shadows = useMemo(() => shadowsOf(itemsOf(instrument)), [instrument]);
  const active = spots.find((spot) => isAt(spot, current));
  useEffect(() => {
    if (!map.current?.contains(document.activeElement)) return;
    map.current.querySelector<SVGGElement>("[data-active]")?.focus();
    onPeek(current);
  }, [current, onPeek]);
  return (
    <svg ref={map} className={classes.diagram} viewBox={VIEW_BOX} role="group" aria-label="Diagram of the cervical spine, anterior at the left">
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" className={classes.hatchGround} />
          <path d="M0 0v4" className={classes.hatchLine} />
        </pattern>
      </defs>
      <Backdrop className={classes.ghost} shadows={shadows} />
      {spots.map((spot) => (
        <Site
          key={spot.shape.place} instrument={instrument} spot={spot} answers={answers} verdicts={verdicts} current={current} hatch={hatch}
          isTabStop={spot === (active ?? spots[0])} titleOf={titleOf} onPick={onPick} onPeek={onPeek}
        />
      ))}
      {/* Above all others, or a neighbour would cover it. The sites keep their order: one that is moved would lose the focus. */}
      {active && <path className={classes.outline} d={active.shape.path} transform={active.shape.transform} aria-hidden="true" />}
    </svg>
  );
}

interface SiteProps extends Props {
  spot: Spot;
  hatch: string;
  isTabStop: boolean;
}

function Site({ instrument, spot, answers, verdicts, current, hatch, isTabStop, titleOf, onPick, onPeek }: SiteProps) {
  const { shape, items } = spot;
  const { grade, look } = shownOf(instrument, spot, answers);
  const verdict = verdictAt(spot, verdicts);
  const isCurrent = isAt(spot, current);
  const peek = () => onPeek(isCurrent ? current : (items[0] as InstrumentItem).code);
  const leave = () => onPeek(null);
  const pick = () => {
    const next = nextAt(spot, current);
    onPick(next);
    onPeek(next);
  };
  const press = (event: KeyboardEvent) => {
    if (!PRESSES.includes(event.code)) return;
    event.preventDefault();
    pick();
  };
  const title = items.map(titleOf).join("\n");
  return (
    <g
      className={classes.site} transform={shape.transform} role="button" tabIndex={isTabStop ? 0 : -1} aria-label={title}
      data-look={look} data-verdict={verdict} data-kind={items[0]?.kind} data-active={isCurrent || undefined}
      onClick={pick} onKeyDown={press}
      onPointerEnter={peek} onPointerLeave={leave} onFocus={peek} onBlur={leave}
    >
      <title>{title}</title>
      <path d={shape.path} style={look === "none" ? { fill: `url(#${hatch})` } : undefined} />
      {shape.numeral && grade !== null && <text x={shape.numeral[0]} y={shape.numeral[1]}>{verdict === "different" ? `≠${grade}` : grade}</text>}
    </g>
  );
}
