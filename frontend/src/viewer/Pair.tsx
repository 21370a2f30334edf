import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { messageOf } from "@/lib/message";
import { viewerActions } from "./actions";
import { ExposureMeter } from "./exposure";
import { Failed } from "./Failed";
import type { Images } from "./images";
import { openStage } from "./openStage";
import type { StageState } from "./panes";
import { PaneView } from "./PaneView";
import { compareAt, goToPlace, hereOn, showSlice } from "./places";
import { renderer } from "./renderer";
import { Stage } from "./stage";
import { useHeld } from "./useHeld";
import type { ViewerHandle, ViewerProps } from "./Viewer";
import classes from "./Viewer.module.css";

interface Props extends Omit<ViewerProps, "imagesUrl" | "ref"> {
  images: Images;
  ref: Ref<ViewerHandle>;
}

/** Two panes side by side, or one of them. */
export function Pair({ images, caption, pins = [], onPin, ref, onStatus }: Props) {
  const stage = useMemo(() => new Stage(images), [images]);
  const meter = useMemo(() => new ExposureMeter(), [images]);
  const state = useSyncExternalStore(stage.subscribe, stage.snapshot);
  const left = useRef<HTMLDivElement>(null);
  const right = useRef<HTMLDivElement>(null);
  const [broken, setBroken] = useState("");
  const pin = useRef(onPin);
  pin.current = onPin;
  useImperativeHandle(ref, () => ({
    actions: () => viewerActions(stage),
    here: () => hereOn(stage),
    goTo: (place) => goToPlace(stage, place),
    compare: (places) => compareAt(stage, places),
    show: (series, slice) => void showSlice(stage, series, slice),
    nameOf: (series) => stage.series.find(({ description }) => description.number === series)?.description.label ?? `series ${series}`,
    exposure: () => meter.read(performance.now()),
  }), [stage, meter]);
  useEffect(() => void images.loadAll(), [images]);
  useEffect(() => openStage({
    stage, meter,
    elements: [left.current as HTMLDivElement, right.current as HTMLDivElement],
    onPin: (place) => pin.current?.(place),
    onFailure: (error) => setBroken(messageOf(error)),
  }), [stage, meter]);
  useHeld("KeyH", state.hideOverlays, () => stage.hideOverlays(false));

  const failure = broken || failureOf(state);
  const phase = failure ? "failed" : state.panes.every((pane) => pane.isLoaded) ? "ready" : "loading";
  const linked = stage.link !== "none";
  useEffect(() => {
    onStatus?.({ phase, message: failure, linked, renderer: renderer() });
  }, [onStatus, phase, failure, linked]);
  return (
    <div className={classes.stage} data-full={state.full !== null || undefined}>
      <PaneView stage={stage} state={state} side={0} caption={caption} pins={pins} screen={left} />
      <PaneView stage={stage} state={state} side={1} caption="" pins={pins} screen={right} />
      {broken && <Failed message={broken} onRetry={() => window.location.reload()} />}
    </div>
  );
}

function failureOf({ panes }: StageState): string {
  return panes.find(({ failure }) => failure)?.failure ?? "";
}
