import { type KeyboardEvent, type ReactNode, useCallback, useState } from "react";
import type { Series } from "../series";
import type { Shades } from "./greys";
import { roved } from "./roving";
import classes from "./Sheet.module.css";
import { Thumbnail } from "./Thumbnail";

interface Props {
  series: Series;
  shades: Shades;
  onOpen: (series: Series, index: number) => void;
  /** What is said of the series, above its slices. */
  children: ReactNode;
}

/** Every slice of one series, in the order of space. The arrows go from slice to slice, Enter enlarges. */
export function SeriesStrip({ series, shades, onOpen, children }: Props) {
  const [stop, setStop] = useState(0);
  const open = useCallback((index: number) => onOpen(series, index), [onOpen, series]);
  const focus = useCallback((index: number) => setStop(index), []);
  const rove = (event: KeyboardEvent<HTMLElement>) => {
    const slices = [...event.currentTarget.children] as HTMLElement[];
    const next = roved(event.key, slices.indexOf(document.activeElement as HTMLElement), slices.map((one) => one.offsetTop));
    if (next === null) return;
    event.preventDefault(); // the page would scroll
    slices[next]?.focus();
  };
  const { number, label } = series.description;
  return (
    <section className={classes.strip} aria-label={`${label}, ${series.length} slices`} data-testid={`series-${number}`}>
      {children}
      <div className={classes.slices} role="group" aria-label={`Slices of ${label}`} onKeyDown={rove}>
        {series.hung.map((_, index) => (
          <Thumbnail key={index} series={series} index={index} shades={shades} isStop={index === stop} onOpen={open} onFocus={focus} />
        ))}
      </div>
    </section>
  );
}
