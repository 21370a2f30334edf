import { memo, useEffect, useRef } from "react";
import type { Series } from "../series";
import { draw } from "./draw";
import type { Shades } from "./greys";
import classes from "./Sheet.module.css";

const WIDEST = 200; // pixels; hundreds of slices fit into memory

interface Props {
  series: Series;
  index: number;
  shades: Shades;
  /** One slice of a strip is a stop of the Tab key; the arrows lead to the others. */
  isStop: boolean;
  onOpen: (index: number) => void;
  onFocus: (index: number) => void;
}

/** One slice, small and whole. */
export const Thumbnail = memo(function Thumbnail({ series, index, shades, isStop, onOpen, onFocus }: Props) {
  const { number, label } = series.description;
  return (
    <button
      type="button" className={classes.thumbnail} tabIndex={isStop ? 0 : -1} data-testid={`slice-${number}-${index + 1}`}
      aria-label={`${label}, slice ${index + 1} of ${series.length}`} onClick={() => onOpen(index)} onFocus={() => onFocus(index)}
    >
      <Picture series={series} index={index} shades={shades} most={WIDEST} />
      <span className={classes.nth} aria-hidden="true">{index + 1}</span>
    </button>
  );
});

/** The canvas of one slice in the shape it has in the patient; black until it has arrived. */
export function Picture({ series, index, shades, most }: { series: Series; index: number; shades: Shades; most: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let isWanted = true;
    // A failure to load is told once, by the sheet.
    if (canvas.current) draw(canvas.current, series, index, shades, most, () => isWanted).catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [series, index, shades, most]);
  return <canvas ref={canvas} className={classes.picture} style={{ aspectRatio: ratioOf(series, index) }} />;
}

/** Width to height, in mm: pixels need not be square. */
export function ratioOf(series: Series, index: number): number {
  const { rows, columns, rowSpacing, columnSpacing } = series.hung[index] as Series["hung"][number];
  return (columns * columnSpacing) / (rows * rowSpacing);
}
