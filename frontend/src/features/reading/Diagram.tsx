import { useId } from "react";
import type { InstrumentItem } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { type Answers, answerOf, isBlank } from "./draft";
import { BODY, PILLAR, placed, type Shape, SHAPES, VERTEBRAE } from "./diagram";
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
  const drawn = SHAPES.flatMap((shape) => items.filter((item) => item.code === shape.item).map((item) => ({ shape, item })));
  // The current site is drawn last, or a neighbour would cover its outline.
  const inOrder = [...drawn.filter(({ item }) => item.code !== current), ...drawn.filter(({ item }) => item.code === current)];
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
      {inOrder.map(({ shape, item }) => (
        <Site key={item.code} shape={shape} item={item} answers={answers} isCurrent={item.code === current} hatch={hatch} title={titleOf(item)} onPick={onPick} onHover={onHover} />
      ))}
    </svg>
  );
}

interface SiteProps extends Pick<Props, "answers" | "onPick" | "onHover"> {
  shape: Shape;
  item: InstrumentItem;
  isCurrent: boolean;
  hatch: string;
  title: string;
}

function Site({ shape, item, answers, isCurrent, hatch, title, onPick, onHover }: SiteProps) {
  const answer = answerOf(answers, item.code);
  const look = isBlank(answer) ? "blank" : answer.not_assessable ? "none" : String(item.kind === "flag" && answer.grade ? 2 : answer.grade);
  return (
    <g
      className={classes.site} transform={shape.transform} role="button" tabIndex={-1} aria-label={title}
      data-look={look} data-kind={item.kind} data-active={isCurrent || undefined}
      onClick={() => onPick(item.code)} onPointerEnter={() => onHover(item.code)} onPointerLeave={() => onHover(null)}
    >
      <title>{title}</title>
      <path d={shape.path} style={look === "none" ? { fill: `url(#${hatch})` } : undefined} />
      {shape.numeral && answer.grade !== null && <text x={shape.numeral[0]} y={shape.numeral[1]}>{answer.grade}</text>}
    </g>
  );
}
