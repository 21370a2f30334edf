import type { RefObject } from "react";
import { Failed } from "./Failed";
import { letterOf, scaled } from "./geometry";
import type { Link } from "./linking";
import { Marks } from "./Marks";
import type { Side, StageState } from "./panes";
import type { ShownPin } from "./place";
import type { Stage } from "./stage";
import classes from "./Viewer.module.css";

const ROLES = ["STIR", "T1"] as const;

interface Props {
  stage: Stage;
  state: StageState;
  side: Side;
  caption: string;
  pins: ShownPin[];
  screen: RefObject<HTMLDivElement | null>;
}

/** One pane: the screen, and what is written over it. No name, date or scanner is ever drawn. */
export function PaneView({ stage, state, side, caption, pins, screen }: Props) {
  const pane = state.panes[side];
  const series = stage.seriesIn(side);
  const mm = series.stack.distances[pane.slice] as number;
  return (
    <div
      className={classes.pane}
      data-testid={side === 0 ? "pane-left" : "pane-right"}
      data-role={series.description.role}
      data-loaded={pane.isLoaded}
      data-slice={pane.slice + 1}
      data-slices={series.length}
      data-slice-mm={mm.toFixed(1)}
      data-window-low={Math.round(pane.window.low)}
      data-window-high={Math.round(pane.window.high)}
      data-mm-per-pixel={pane.view.mmPerPixel.toFixed(4)}
      data-active={state.active === side}
      data-linked={stage.link}
      data-hidden={(state.full !== null && state.full !== side) || undefined}
    >
      <div ref={screen} className={classes.screen} />
      {!pane.isLoaded && !pane.failure && <div className={classes.loading}>{`Loading ${series.length} slices`}</div>}
      {!state.hideOverlays && <Marks stage={stage} state={state} side={side} pins={pins} />}
      {pane.failure && <Failed message={pane.failure} onRetry={() => stage.retry(side)} />}
      {!state.hideOverlays && <Overlay stage={stage} state={state} side={side} caption={caption} />}
    </div>
  );
}

function Overlay({ stage, state, side, caption }: Omit<Props, "screen" | "pins">) {
  const pane = state.panes[side];
  const series = stage.seriesIn(side);
  const hung = series.hung[pane.slice] as (typeof series.hung)[number];
  const { plane, role, label } = series.description;
  const { low, high } = pane.window;
  return (
    <div className={classes.overlay} aria-hidden="true">
      <div className={classes.topLeft}>
        <div className={classes.role}>{role === "OTHER" ? label : role}</div>
        <div className={classes.faint}>{plane}</div>
        {!stage.has(ROLES[side]) && <div className={classes.offset}>{`no sagittal ${ROLES[side]} in this case`}</div>}
      </div>
      <div className={classes.topRight}>
        <div>{caption}</div>
        <LinkBadge link={stage.link} isLinked={state.isLinked} apart={side === 1 ? stage.apart : null} offset={state.offset} side={side} />
      </div>
      <div className={classes.bottomLeft}>
        {`${pane.slice + 1} / ${series.length}   ${(series.stack.distances[pane.slice] as number).toFixed(1)} mm`}
        {plane === "sagittal" && <span className={classes.faint}>{"   R → L"}</span>}
      </div>
      <div className={classes.bottomRight}>
        {`${pane.preset || "W/L"} ${Math.round(high - low)} / ${Math.round((high + low) / 2)}${pane.isInverted ? " inverted" : ""}   ${(hung.columnSpacing / pane.view.mmPerPixel).toFixed(1)}×`}
      </div>
      <div className={`${classes.letter} ${classes.left}`}>{letterOf(scaled(hung.rowDirection, -1))}</div>
      <div className={`${classes.letter} ${classes.right}`}>{letterOf(hung.rowDirection)}</div>
      <div className={`${classes.letter} ${classes.up}`}>{letterOf(scaled(hung.columnDirection, -1))}</div>
      <div className={`${classes.letter} ${classes.down}`}>{letterOf(hung.columnDirection)}</div>
    </div>
  );
}

/** How the panes hang together, and how far apart they are where they do not meet. */
function LinkBadge({ link, isLinked, apart, offset, side }: { link: Link; isLinked: boolean; apart: number | null; offset: number; side: Side }) {
  if (!isLinked) return <div className={classes.offset}>not linked</div>;
  if (link === "none") return null;
  if (link === "offset") return <div className={classes.offset}>offset link</div>;
  if (side === 0 || apart === null) return null;
  const text = `${apart >= 0 ? "+" : "−"}${Math.abs(apart).toFixed(1)} mm`;
  if (offset !== 0) return <div className={classes.offset}>{`offset ${text}`}</div>;
  return Math.abs(apart) > 0.05 ? <div className={classes.faint}>{text}</div> : null;
}
