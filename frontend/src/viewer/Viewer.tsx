import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { api } from "@/api/client";
import type { ImageManifest } from "@/api/types";
import type { Action } from "@/lib/actions";
import { messageOf } from "@/lib/message";
import { viewerActions } from "./actions";
import { openScreens, renderer } from "./cornerstone";
import type { Exposure } from "./exposure";
import { listen } from "./mouse";
import { PaneView } from "./PaneView";
import type { Place, ShownPin } from "./place";
import { Stage } from "./stage";
import classes from "./Viewer.module.css";

export interface ViewerStatus {
  phase: "loading" | "ready" | "failed";
  message: string;
  linked: boolean;
  renderer: "GPU" | "CPU";
}

export interface ViewerHandle {
  /** Everything a person can do with the images, with its keys. */
  actions(): Action[];
  /** The point under the pointer in the active pane, else the middle of that pane; null as long as there is no image. */
  here(): Place | null;
  goTo(place: Place): void;
  /** A slice of the series with that number, as the pane stands. */
  show(series: number, slice: number): void;
  /** What was on screen so far, since these images were opened. */
  exposure(): Exposure;
}

interface Props {
  imagesUrl: string;
  caption: string;
  pins?: ShownPin[];
  /** A long press with a finger. */
  onPin?: (place: Place) => void;
  ref?: Ref<ViewerHandle>;
  onStatus?: (status: ViewerStatus) => void;
}

type Fetched = { manifest: ImageManifest } | { failure: string } | null;

/** STIR beside T1, or what there is. Fetches the description; the panes do the rest. */
export function Viewer({ imagesUrl, caption, ref, onStatus }: Props) {
  const [attempt, setAttempt] = useState(0);
  const [fetched, setFetched] = useState<Fetched>(null);
  const handle = useRef<ViewerHandle>(null);
  useImperativeHandle(ref, () => ({
    actions: () => handle.current?.actions() ?? [],
    here: () => handle.current?.here() ?? null,
    goTo: (place) => handle.current?.goTo(place),
    show: (series, slice) => handle.current?.show(series, slice),
    exposure: () => handle.current?.exposure() ?? { slices: {}, windows: [] },
  }), []);
  useEffect(() => {
    const aborter = new AbortController();
    setFetched(null);
    api.get<ImageManifest>(imagesUrl, aborter.signal).then(
      (manifest) => setFetched(manifest.series.length > 0 ? { manifest } : { failure: "This case has no images." }),
      (error: unknown) => aborter.signal.aborted || setFetched({ failure: messageOf(error) }),
    );
    return () => aborter.abort();
  }, [imagesUrl, attempt]);

  const retry = () => setAttempt((one) => one + 1);
  if (!fetched) return <div className={classes.stage} />;
  if ("failure" in fetched) return <Failed message={fetched.failure} onRetry={retry} />;
  return <Panes key={`${imagesUrl} ${attempt}`} manifest={fetched.manifest} caption={caption} ref={handle} onStatus={onStatus} onRetry={retry} />;
}

function Panes({ manifest, caption, ref, onStatus, onRetry }: Omit<Props, "imagesUrl"> & { manifest: ImageManifest; onRetry: () => void }) {
  const stage = useMemo(() => new Stage(manifest), [manifest]);
  const state = useSyncExternalStore(stage.subscribe, stage.snapshot);
  const left = useRef<HTMLDivElement>(null);
  const right = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState("");
  useImperativeHandle(ref, () => ({
    actions: () => viewerActions(stage), here: () => null, goTo: () => undefined, show: (series, slice) => show(stage, series, slice), exposure: () => ({ slices: {}, windows: [] }),
  }), [stage]);
  useEffect(() => onStage(stage, [left.current, right.current] as HTMLDivElement[], (error) => setFailure(messageOf(error))), [stage]);
  useEffect(() => whileHeld("KeyH", () => stage.hideOverlays(false)), [stage]);

  const phase = failure ? "failed" : state.panes.every((pane) => pane.isLoaded) ? "ready" : "loading";
  const linked = stage.link !== "none";
  useEffect(() => {
    onStatus?.({ phase, message: failure, linked, renderer: renderer() });
  }, [onStatus, phase, failure, linked]);
  return (
    <div className={classes.stage} data-full={state.full !== null || undefined}>
      <PaneView stage={stage} state={state} side={0} caption={caption} screen={left} />
      <PaneView stage={stage} state={state} side={1} caption="" screen={right} />
      {failure && <Failed message={failure} onRetry={onRetry} />}
    </div>
  );
}

/** The stage on its two elements: screens, mouse, size. What it returns takes it all down. */
function onStage(stage: Stage, elements: HTMLDivElement[], onFailure: (error: unknown) => void): () => void {
  const { screens, resize, close } = openScreens(elements);
  const sizes = () => elements.map(({ clientWidth, clientHeight }): [number, number] => [Math.max(1, clientWidth), Math.max(1, clientHeight)]);
  const mice = elements.map((element, side) => listen(element.parentElement as HTMLElement, stage, side === 0 ? 0 : 1));
  const observer = new ResizeObserver(() => {
    resize();
    stage.resize(sizes());
  });
  for (const element of elements) observer.observe(element);
  let isOpen = true;
  stage.open(screens, sizes()).catch((error: unknown) => isOpen && onFailure(error));
  return () => {
    isOpen = false;
    observer.disconnect();
    for (const stop of mice) stop();
    stage.close();
    close();
  };
}

/** In the pane that has the series already, else in the active one. */
function show(stage: Stage, number: number, slice: number): void {
  const index = stage.series.findIndex(({ description }) => description.number === number);
  if (index < 0) return;
  const { panes, active } = stage.snapshot();
  const side = panes[active].series !== index && panes[active === 0 ? 1 : 0].series === index ? (active === 0 ? 1 : 0) : active;
  if (panes[side].series !== index) stage.showSeries(side, index);
  stage.activate(side);
  stage.goTo(side, slice);
}

function whileHeld(code: string, onRelease: () => void): () => void {
  const released = (event: KeyboardEvent) => event.code === code && onRelease();
  window.addEventListener("keyup", released);
  return () => window.removeEventListener("keyup", released);
}

function Failed({ message, onRetry }: { message: string; onRetry: () => void }) {
  return (
    <div className={classes.failed} role="alert">
      <div>{message}</div>
      <button type="button" className={classes.retry} onClick={onRetry}>Load the images again</button>
    </div>
  );
}
