import { type PointerEvent, useEffect, useRef } from "react";
import { letterOf, scaled } from "../geometry";
import { wheelSteps } from "../mouse";
import type { Series } from "../series";
import type { Shades } from "./greys";
import classes from "./Sheet.module.css";
import { Picture, ratioOf } from "./Thumbnail";

interface Props {
  series: Series;
  index: number;
  shades: Shades;
  onStep: (by: number) => void;
  onDrag: (dx: number, dy: number) => void;
  onClose: () => void;
}

/** One slice as large as there is room for, whole. Wheel: slices. Drag: window. Letters stand beside it, never over it. */
export function Enlarged({ series, index, shades, onStep, onDrag, onClose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useWheel(box, onStep);
  useEffect(() => box.current?.focus(), []);
  const { label, plane } = series.description;
  const mm = series.stack.distances[index] as number;
  const ratio = ratioOf(series, index);
  return (
    <div ref={box} className={classes.enlarged} role="group" aria-label="Enlarged slice" tabIndex={-1} data-testid="enlarged" data-slice={index + 1}>
      <div className={classes.line}>
        <strong>{label}</strong>
        <span role="status">{`${index + 1} / ${series.length}`}</span>
        <span className={classes.faint}>{`${mm.toFixed(1)} mm${plane === "sagittal" ? "   R → L" : ""}`}</span>
        <span className={classes.space} />
        <button type="button" className={classes.step} onClick={() => onStep(-1)} disabled={index === 0}>Previous slice</button>
        <button type="button" className={classes.step} onClick={() => onStep(1)} disabled={index === series.length - 1}>Next slice</button>
        <button type="button" className={classes.step} onClick={onClose}>All slices (Esc)</button>
      </div>
      <div className={classes.screen} onPointerMove={(event) => drag(event, onDrag)}>
        <Letters series={series} index={index} />
        <div className={classes.fit}>
          <div style={{ width: `min(100cqw, ${ratio} * 100cqh)` }}>
            <Picture series={series} index={index} shades={shades} most={Infinity} />
          </div>
        </div>
      </div>
    </div>
  );
}

function drag(event: PointerEvent, onDrag: Props["onDrag"]): void {
  if (event.buttons === 1) onDrag(event.movementX, event.movementY);
}

function Letters({ series, index }: { series: Series; index: number }) {
  const { rowDirection: right, columnDirection: down } = series.hung[index] as Series["hung"][number];
  const sides: [string, string][] = [
    ["left", letterOf(scaled(right, -1))], ["right", letterOf(right)], ["up", letterOf(scaled(down, -1))], ["down", letterOf(down)],
  ];
  return sides.map(([side, letter]) => <span key={side} className={classes.letter} data-side={side} aria-hidden="true">{letter}</span>);
}

/** React listens to the wheel passively, and the page would scroll under the image. */
function useWheel(box: { current: HTMLElement | null }, onStep: (by: number) => void): void {
  const latest = useRef(onStep);
  latest.current = onStep;
  useEffect(() => {
    const element = box.current;
    let rest = 0;
    const turned = (event: WheelEvent) => {
      event.preventDefault();
      const { steps, rest: kept } = wheelSteps(event.deltaY, event.deltaMode, rest);
      rest = kept;
      if (steps !== 0) latest.current(steps);
    };
    element?.addEventListener("wheel", turned, { passive: false });
    return () => element?.removeEventListener("wheel", turned);
  }, [box]);
}
