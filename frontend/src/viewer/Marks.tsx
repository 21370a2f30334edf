import type { Side, StageState } from "./panes";
import { otherThan } from "./panes";
import { linkOf } from "./linking";
import type { ShownPin } from "./place";
import { spotOf } from "./place";
import { referenceLine } from "./referenceLines";
import type { Stage } from "./stage";
import classes from "./Viewer.module.css";

const RING = 8; // CSS pixels; the ring stands around the spot, so that what is meant stays visible

interface Props {
  stage: Stage;
  state: StageState;
  side: Side;
  pins: ShownPin[];
}

/** What is drawn over the image: where the other pane's slice crosses this one, and the pins of this slice. */
export function Marks({ stage, state, side, pins }: Props) {
  const [width, height] = state.sizes[side];
  return (
    <svg className={classes.marks} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {state.hasLines && <ReferenceLine stage={stage} state={state} side={side} />}
      {pins.map((pin) => <Pin key={pin.key} stage={stage} state={state} side={side} pin={pin} />)}
    </svg>
  );
}

function ReferenceLine({ stage, state, side }: Omit<Props, "pins">) {
  const [other, own] = [stage.seriesIn(otherThan(side)).stack, stage.seriesIn(side).stack];
  if (other.frame !== own.frame || linkOf(other, own) !== "none") return null;
  const line = referenceLine(stage.hungIn(otherThan(side)), stage.hungIn(side), state.panes[side].view, state.sizes[side]);
  if (!line) return null;
  const [from, to] = line;
  return <line data-testid="reference-line" className={classes.line} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />;
}

/** On its own slice a pin is plain, on the slices beside it faint. */
function Pin({ stage, state, side, pin: { key, label, place, isCurrent, side: of } }: Omit<Props, "pins"> & { pin: ShownPin }) {
  const pane = state.panes[side];
  const away = Math.abs(place.slice - pane.slice);
  if (place.series !== stage.seriesIn(side).description.number || away > 1) return null;
  const { x, y } = spotOf(place.point, stage.hungIn(side), pane.view, state.sizes[side]);
  return (
    <g className={classes.pin} data-testid={`pin-${key}`} data-current={isCurrent || undefined} data-side={of} data-faint={away === 1 || undefined} transform={`translate(${x} ${y})`}>
      <circle className={classes.halo} r={RING} />
      <circle className={classes.ring} r={RING} />
      <text x={RING + 4} y={4}>{label}</text>
    </g>
  );
}
