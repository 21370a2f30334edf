import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ImageManifest } from "@/api/types";
import { Images, openImages } from "./images";
import { axial, stir, t1, t2 } from "./images.fixture";
import { prefetchImages, takeImages } from "./prefetch";
import { Stage } from "./stage";

const SLICE = gzipSync(new Uint8Array(2 * 100 * 100));
const described = (one: typeof stir) => ({ ...one, slices: one.slices.map((slice) => ({ ...slice, bytes: SLICE.length })) });
const manifest: ImageManifest = { series: [t2, t1, axial, stir].map(described) };
const asked: string[] = [];
const broken = new Set<string>();

/** A server that has the images, except for what is broken. */
function answer(path: string): Response {
  asked.push(path);
  if (broken.has(path)) return new Response(JSON.stringify({ error: { code: "gone", message: "The disk is gone." } }), { status: 500 });
  if (!path.startsWith("/pixels/")) return Response.json(manifest);
  const { length } = manifest.series.find(({ pixels }) => pixels === path)?.slices ?? [];
  return new Response(Buffer.concat(Array<Buffer>(length).fill(SLICE)));
}

beforeEach(() => {
  asked.length = 0;
  broken.clear();
  vi.stubGlobal("fetch", (path: string, { signal }: RequestInit) =>
    signal?.aborted ? Promise.reject(signal.reason) : Promise.resolve(answer(path)));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("loading", () => {
  it("begins with what hangs first, and then brings the rest", async () => {
    const images = new Images(manifest);
    await images.loadAll();
    expect([asked.slice(0, 2), asked.slice(2)]).toEqual([["/pixels/1", "/pixels/2"], ["/pixels/3", "/pixels/4"]]);
    expect(images.series.every((one) => one.isComplete)).toBe(true);
  });

  it("tells of a series that fails in its own pane; the others stay usable", async () => {
    broken.add("/pixels/4");
    const images = new Images(manifest);
    const stage = new Stage(images);
    await images.loadAll();
    expect(stage.snapshot().panes.map(({ isLoaded, failure }) => [isLoaded, failure])).toEqual([[true, ""], [true, ""]]);
    stage.showSeries(1, images.series.findIndex(({ description }) => description.number === 4));
    expect(stage.snapshot().panes[1]).toMatchObject({ isLoaded: false, failure: "The disk is gone." });
    expect(stage.snapshot().panes[0].failure).toBe("");
  });

  it("asks again for what failed when somebody tries again", async () => {
    broken.add("/pixels/2");
    const images = new Images(manifest);
    const stage = new Stage(images);
    await images.loadAll();
    expect(stage.snapshot().panes[1].failure).toBe("The disk is gone.");
    broken.clear();
    stage.retry(1);
    expect(stage.snapshot().panes[1].failure).toBe("");
    await vi.waitFor(() => expect(stage.snapshot().panes[1].isLoaded).toBe(true));
    expect((await stage.seriesIn(1).slice(0)).length).toBe(10_000);
  });

  it("says why there is nothing", async () => {
    broken.add("/case");
    await expect(openImages("/case").images).rejects.toThrow("The disk is gone.");
  });
});

describe("fetching ahead", () => {
  it("fetches the description and the two that hang first, once, and gives them to who opens them", async () => {
    prefetchImages("/next");
    prefetchImages("/next");
    await vi.waitFor(() => expect(asked).toHaveLength(3));
    const images = await takeImages("/next").images;
    await images.loadHanging();
    expect([...asked].sort()).toEqual(["/next", "/pixels/1", "/pixels/2"]);
    await takeImages("/next").images;
    expect(asked.filter((path) => path === "/next")).toHaveLength(2);
  });

  it("keeps one case only", async () => {
    prefetchImages("/next");
    prefetchImages("/after-next");
    await vi.waitFor(() => expect(asked).toContain("/after-next"));
    await takeImages("/next").images;
    expect(asked.filter((path) => path === "/next")).toHaveLength(2);
    takeImages("/after-next").close();
  });

  it("forgets what nobody opened within ten minutes", async () => {
    vi.useFakeTimers();
    prefetchImages("/next");
    await vi.advanceTimersByTimeAsync(10 * 60_000 + 1);
    takeImages("/next").close();
    expect(asked.filter((path) => path === "/next")).toHaveLength(2);
  });

  it("begins anew where fetching ahead failed, and disturbs nobody", async () => {
    broken.add("/next");
    prefetchImages("/next");
    await new Promise((resolve) => setTimeout(resolve));
    broken.clear();
    expect((await takeImages("/next").images).series).toHaveLength(4);
  });
});
