import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SHAPES } from "./shapes";
import { shadowsOf, spotsOf } from "./spots";

const asking = (...places: string[]) => places.map((place) => ({ place }));

test("a place the diagram does not know is not drawn", () => {
  expect(spotsOf(asking("SIJ:left"))).toEqual([]);
});

test("several questions at one place share its shape, in their order", () => {
  const [spot] = spotsOf([{ place: "FJ:C4C5", code: "BF" }, { place: "FJ:C4C5", code: "SF" }]);
  expect(spot?.items.map(({ code }) => code)).toEqual(["BF", "SF"]);
});

test("a whole covers none of its parts: where both are asked about, it is drawn between them", () => {
  const pathOf = (...places: string[]) => spotsOf(asking(...places)).find(({ shape }) => shape.place === "AA:C1C2")?.shape.path;
  const alone = pathOf("AA:C1C2");
  expect(alone).toContain(SHAPES.find(({ place }) => place === "AA:DENS")?.path);
  expect(pathOf("AA:DENS", "AA:C1", "AA:C1C2")).not.toBe(alone);
});

test("what is not asked about remains as a shadow, but not under the whole it belongs to", () => {
  const places = shadowsOf(asking("AA:C1C2", "VB:C4")).map(({ place }) => place);
  expect(places).toContain("SP:C4");
  expect(places).not.toContain("VB:C4");
  expect(places.filter((place) => place.startsWith("AA"))).toEqual([]);
});

test("the diagram has the places that the documentation promises", () => {
  const page = readFileSync(new URL("../../../../docs/instruments.md", import.meta.url), "utf-8");
  const rows = [...page.matchAll(/^\| `([A-Z]{2})` \| (.+) \|$/gm)];
  const told = rows.flatMap(([, place, sites]) => [...(sites ?? "").matchAll(/\w+/g)].map(([site]) => `${place}:${site}`));
  expect(SHAPES.map(({ place }) => place).sort()).toEqual(told.sort());
});
