import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { expect, test } from "vitest";

const SRC = join(import.meta.dirname, "..");

/** What each layer may import, beside itself: app -> features -> viewer, api -> ui, lib. */
const MAY_IMPORT: Record<string, string[]> = {
  app: ["features", "viewer", "api", "ui", "lib"],
  features: ["viewer", "api", "ui", "lib"],
  viewer: ["api", "ui", "lib"],
  api: ["ui", "lib"],
  ui: ["lib"],
  lib: [],
};

interface Import {
  file: string;
  target: string;
}

function sources(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path) && path.includes(sep));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), "utf8");
  const named = [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] as string);
  return named.map((name) => ({ file, target: name.startsWith(".") ? relative(SRC, join(SRC, file, "..", name)) : name.replace(/^@\//, "") }));
}

const layerOf = (path: string) => path.split(sep)[0] as string;
const featureOf = (path: string) => path.split(sep)[1] as string;
const imports = sources().flatMap(importsOf);
const inside = imports.filter(({ target }) => layerOf(target) in MAY_IMPORT);

test("the sources are found, or this file would prove nothing", () => {
  expect(inside.length).toBeGreaterThan(100);
});

test("imports point one way: app, features, viewer and api, ui and lib", () => {
  const wrong = inside.filter(({ file, target }) => layerOf(file) !== layerOf(target) && !MAY_IMPORT[layerOf(file)]?.includes(layerOf(target)));
  expect(wrong).toEqual([]);
});

test("features never import each other", () => {
  const wrong = inside.filter(({ file, target }) => layerOf(file) === "features" && layerOf(target) === "features" && featureOf(file) !== featureOf(target));
  expect(wrong).toEqual([]);
});

test("the viewer alone knows the image library", () => {
  const wrong = imports.filter(({ file, target }) => target.startsWith("@cornerstonejs") && layerOf(file) !== "viewer");
  expect(wrong).toEqual([]);
});
