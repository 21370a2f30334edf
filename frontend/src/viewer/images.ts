/** The images of one case on their way: described, then loaded in the order in which they are needed. */
import { api } from "@/api/client";
import { ApiError } from "@/api/errors";
import type { ImageManifest } from "@/api/types";
import { inTime } from "./patience";
import { Series } from "./series";

/** STIR left, T1 right, sagittal first; where one is missing, what there is. */
export function hangingOf(manifest: ImageManifest): [number, number] {
  const find = (role: string, not = -1) => manifest.series.findIndex((one, at) => one.role === role && one.plane === "sagittal" && at !== not);
  const left = Math.max(0, find("STIR"));
  const wanted = find("T1") >= 0 ? find("T1") : manifest.series.findIndex((_, at) => at !== left);
  return [left, wanted < 0 ? left : wanted];
}

export class Images {
  readonly series: Series[];
  readonly hanging: [number, number];
  /** Told of every series that has come, failed, or is asked for again. */
  onChange: (series: Series) => void = () => undefined;
  private stopper: AbortController;

  constructor(manifest: ImageManifest, stopper = new AbortController()) {
    this.series = manifest.series.map((description) => new Series(description));
    this.hanging = hangingOf(manifest);
    this.stopper = stopper;
  }

  /** Both series that hang first, side by side. What fails is known to the series and told, never thrown. */
  async loadHanging(): Promise<void> {
    await Promise.all([...new Set(this.hanging)].map((index) => this.load(this.series[index] as Series)));
  }

  async loadAll(): Promise<void> {
    await this.loadHanging();
    for (const series of this.series) await this.load(series);
  }

  async load(series: Series): Promise<void> {
    const { signal } = this.stopper;
    if (signal.aborted || series.failure || series.isComplete) return;
    await series.load(signal).catch(() => undefined);
    if (!signal.aborted) this.onChange(series);
  }

  async retry(series: Series): Promise<void> {
    const loading = series.load(this.stopper.signal).catch(() => undefined);
    this.onChange(series);
    await loading;
    if (!this.stopper.signal.aborted) this.onChange(series);
  }
}

export interface Opening {
  images: Promise<Images>;
  close: () => void;
}

/** Asks for the description, and begins at once with what hangs first. */
export function openImages(imagesUrl: string): Opening {
  const stopper = new AbortController();
  const describe = async () => {
    const manifest = await inTime((signal) => api.get<ImageManifest>(imagesUrl, signal), stopper.signal);
    if (manifest.series.length === 0) throw new ApiError(404, "no_images", "This case has no images.");
    const images = new Images(manifest, stopper);
    void images.loadHanging();
    return images;
  };
  return { images: describe(), close: () => stopper.abort() };
}
