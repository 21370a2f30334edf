/** A series on its way to the screen: described at once, its slices filled in from the middle outwards. */
import { respond } from "@/api/client";
import type { ImageSeries } from "@/api/types";
import { messageOf } from "@/lib/message";
import { type Hung, type Turn, centreOf, distancesOf, hang, middleOf, turnOf, turnPixels } from "./geometry";
import type { Stack } from "./linking";
import { inTime } from "./patience";
import { type Pixels, decodePlane, gunzip } from "./plane";
import { type Rescale, valuesOf } from "./rescale";
import { pieces } from "./stream";
import { type Presets, presetsOf } from "./window";

const SAMPLE_STEP = 7; // every seventh pixel of the central slices is enough for a percentile

interface Promised<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: unknown) => void;
}

function promised<T>(): Promised<T> {
  let settle: Omit<Promised<T>, "promise"> | undefined;
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, ...(settle as unknown as Omit<Promised<T>, "promise">) };
}

function awaited(): Promised<Pixels> {
  const pixels = promised<Pixels>();
  pixels.promise.catch(() => undefined); // a failure is told once, by load()
  return pixels;
}

export class Series {
  readonly description: ImageSeries;
  readonly stack: Stack;
  readonly middle: number;
  readonly hung: Hung[];
  private readonly turn: Turn;
  private readonly pixels: (Pixels | undefined)[];
  private readonly waiting: Promised<Pixels>[];
  private loading: Promise<void> | undefined;
  /** Why it could not be loaded; empty as long as nothing went wrong. */
  failure = "";
  private measured: Presets | undefined;

  constructor(description: ImageSeries) {
    const { plane, frame, slice_normal: normal, row_direction, column_direction } = description;
    this.description = description;
    this.turn = turnOf(plane, row_direction, column_direction);
    this.hung = description.slices.map((_, index) => hang(description, index, this.turn));
    const centres = this.hung.map(centreOf);
    this.stack = { plane, frame, normal, centres, distances: distancesOf(centres, normal) };
    this.middle = middleOf(this.stack.distances);
    this.pixels = description.slices.map(() => undefined);
    this.waiting = description.slices.map(awaited);
  }

  get length(): number {
    return this.hung.length;
  }

  get isComplete(): boolean {
    return this.pixels.every(Boolean);
  }

  /** The pixels of a slice as it hangs, as soon as they are there. */
  slice(index: number): Promise<Pixels> {
    return (this.waiting[index] as Promised<Pixels>).promise;
  }

  /** How the stored pixels of a slice become values. */
  rescale(index: number): Rescale {
    return this.description.slices[index] as Rescale;
  }

  has(index: number): boolean {
    return this.pixels[index] !== undefined;
  }

  /** Fetches the series once; every caller waits for the same fetch. What failed or was stopped is fetched again. */
  load(signal: AbortSignal): Promise<void> {
    this.loading ??= this.fetchAnew(signal).catch((error: unknown) => {
      this.loading = undefined;
      if (!signal.aborted) this.fail(error);
      throw error;
    });
    return this.loading;
  }

  /** The window presets; those that need pixels come with the complete series. */
  get presets(): Presets {
    if (!this.isComplete) return presetsOf(this.description.window, []);
    this.measured ??= presetsOf(this.description.window, this.sample());
    return this.measured;
  }

  private fetchAnew(signal: AbortSignal): Promise<void> {
    if (this.failure) for (const index of this.waiting.keys()) if (!this.has(index)) this.waiting[index] = awaited();
    this.failure = "";
    return inTime((inner, heard) => this.fetch(inner, heard), signal);
  }

  private fail(error: unknown): void {
    this.failure = messageOf(error);
    for (const slice of this.waiting) slice.reject(error);
  }

  private async fetch(signal: AbortSignal, heard: () => void): Promise<void> {
    const { rows, columns, is_signed, slices, transfer_order, pixels } = this.description;
    const { body } = await respond("GET", pixels, undefined, signal);
    if (!body) throw new Error("The images could not be loaded.");
    const lengths = transfer_order.map((index) => slices[index]?.bytes ?? 0);
    let nth = 0;
    for await (const piece of pieces(body, lengths, heard)) {
      const plane = decodePlane(await gunzip(piece), rows, columns, is_signed);
      this.keep(transfer_order[nth++] as number, turnPixels(plane, rows, columns, this.turn));
    }
  }

  private keep(index: number, pixels: Pixels): void {
    this.pixels[index] = pixels;
    this.waiting[index]?.resolve(pixels);
  }

  private sample(): number[] {
    const third = Math.floor(this.length / 3);
    const central = Array.from({ length: this.length - 2 * third }, (_, at) => third + at);
    return central.flatMap((index) => valuesOf(this.pixels[index] as Pixels, this.rescale(index), SAMPLE_STEP));
  }
}
