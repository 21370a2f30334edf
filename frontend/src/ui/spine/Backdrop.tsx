import type { SVGProps } from "react";
import { BODY, PILLAR, placed, type Shape, VERTEBRAE } from "./shapes";

const GHOST = VERTEBRAE.at(-1) as (typeof VERTEBRAE)[number];

/** Where the sites of a drawing lie, with a little air. */
export const VIEW_BOX = "38 14 158 214";

interface Props {
  shadows: Shape[];
  className?: string | undefined;
  /** Where the drawing must stand without a style sheet, as in a file of its own. */
  path?: SVGProps<SVGPathElement>;
  text?: SVGProps<SVGTextElement>;
}

/** What is no site of the instrument but makes the map a neck: pillars, T1, shadows, the names of the vertebrae. */
export function Backdrop({ shadows, className, path, text }: Props) {
  return (
    <g className={className} aria-hidden="true">
      {VERTEBRAE.slice(0, -1).map((one) => <path key={one.name} {...path} d={PILLAR} transform={placed(one)} />)}
      <path {...path} d={BODY} transform={placed(GHOST)} />
      {shadows.map((shape) => <path key={shape.place} {...path} d={shape.path} transform={shape.transform} />)}
      {VERTEBRAE.map((one) => <text key={one.name} {...text} x={one.x - 27} y={one.y + 3.5}>{one.name}</text>)}
    </g>
  );
}
