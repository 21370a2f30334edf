import { type Ref, useEffect, useImperativeHandle, useRef, useState } from "react";
import type { Action } from "@/lib/actions";
import { messageOf } from "@/lib/message";
import type { Exposure } from "./exposure";
import { Failed } from "./Failed";
import type { Images } from "./images";
import { Pair } from "./Pair";
import type { Place, ShownPin } from "./place";
import { takeImages } from "./prefetch";
import { renderer } from "./renderer";
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
  /** Each pane to a place of its own; where one is missing, that pane follows the other. */
  compare(places: [left: Place | undefined, right: Place | undefined]): void;
  /** A slice of the series with this number, looked at as the pane looks now. */
  show(series: number, slice: number): void;
  /** What the series with this number is called on screen: "STIR sagittal". */
  nameOf(series: number): string;
  /** What was on screen so far, since these images were opened. */
  exposure(): Exposure;
}

export interface ViewerProps {
  imagesUrl: string;
  caption: string;
  pins?: ShownPin[];
  /** A long press with a finger. */
  onPin?: (place: Place) => void;
  ref?: Ref<ViewerHandle>;
  onStatus?: (status: ViewerStatus) => void;
}

type Opened = { images: Images } | { failure: string } | null;

/** STIR beside T1, or what there is. Fetches the images; the panes do the rest. */
export function Viewer({ imagesUrl, ref, ...shown }: ViewerProps) {
  const [attempt, setAttempt] = useState(0);
  const [opened, setOpened] = useState<Opened>(null);
  const handle = useRef<ViewerHandle>(null);
  useImperativeHandle(ref, () => ({
    actions: () => handle.current?.actions() ?? [],
    here: () => handle.current?.here() ?? null,
    goTo: (place) => handle.current?.goTo(place),
    compare: (places) => handle.current?.compare(places),
    show: (series, slice) => handle.current?.show(series, slice),
    nameOf: (series) => handle.current?.nameOf(series) ?? `series ${series}`,
    exposure: () => handle.current?.exposure() ?? { slices: {}, windows: [] },
  }), []);
  useEffect(() => {
    const opening = takeImages(imagesUrl);
    let isWanted = true;
    setOpened(null);
    opening.images.then(
      (images) => isWanted && setOpened({ images }),
      (error: unknown) => isWanted && setOpened({ failure: messageOf(error) }),
    );
    return () => {
      isWanted = false;
      opening.close();
    };
  }, [imagesUrl, attempt]);
  const failure = opened && "failure" in opened ? opened.failure : "";
  const { onStatus } = shown;
  useEffect(() => {
    if (failure) onStatus?.({ phase: "failed", message: failure, linked: false, renderer: renderer() });
  }, [onStatus, failure]);

  if (!opened) return <div className={classes.stage} />;
  if ("failure" in opened) return <Failed message={opened.failure} onRetry={() => setAttempt((one) => one + 1)} />;
  return <Pair key={`${imagesUrl} ${attempt}`} images={opened.images} ref={handle} {...shown} />;
}
