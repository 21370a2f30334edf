import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Instrument, InstrumentItem, InstrumentRegion } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { SHAPES } from "./diagram";
import { graded, itemsOf, notAssessable } from "./draft";
import { instrument } from "./instrument.fixture";
import { nextAt, shadowsOf, shownOf, type Spot, spotsOf } from "./places";

const FOUR_GRADES = (instrument.regions[0] as InstrumentRegion).grades;
const ELEVEN_GRADES = Array.from({ length: 11 }, (_, value) => ({ value, label: `${value}0 %`, definition: "" }));
const item = (code: string, place: string): InstrumentItem => ({ code: code as ItemCode, site: "C4/5", label: code, kind: "grade", place });
const code = (text: string) => text as ItemCode;

/** An instrument with one region a question, each at one place. */
function asking(questions: Record<string, string>, grades = FOUR_GRADES): Instrument {
  const base = instrument.regions[0] as InstrumentRegion;
  return { ...instrument, regions: Object.entries(questions).map(([name, place]) => ({ ...base, code: name, grades: name === "EF" ? grades : FOUR_GRADES, items: [item(name, place)] })) };
}

const JOINT = { BF: "FJ:C4C5", SF: "FJ:C4C5", EF: "FJ:C4C5" };
const lesions = asking(JOINT);
const [joint] = spotsOf(lesions) as [Spot];
const shown = (answers: Parameters<typeof shownOf>[2], of = lesions) => shownOf(of, joint, answers);

test("every item of the cervical instrument has its own spot", () => {
  expect(spotsOf(instrument).flatMap((spot) => spot.items.map((one) => one.code)).sort()).toEqual(itemsOf(instrument).map((one) => one.code).sort());
});

test("a place the diagram does not know is not drawn", () => {
  expect(spotsOf(asking({ X: "SIJ:left" }))).toEqual([]);
});

test("several questions at one place: a click goes to the first, then to the next, then round", () => {
  expect([nextAt(joint, code("VB_C4")), nextAt(joint, code("BF")), nextAt(joint, code("EF"))]).toEqual(["BF", "SF", "BF"]);
});

test("the highest grade shows", () => {
  expect(shown({ BF: graded(0), SF: graded(3), EF: graded(1) })).toEqual({ grade: 3, look: "3" });
});

test("a grade above 0 shows although other questions are open", () => {
  expect(shown({ SF: graded(1) })).toEqual({ grade: 1, look: "1" });
});

test("the gravest grade gives the colour, each measured on its own scale", () => {
  expect(shown({ BF: graded(3), SF: graded(0), EF: graded(5) }, asking(JOINT, ELEVEN_GRADES))).toEqual({ grade: 5, look: "3" });
});

test("0 shows only when every question is answered: a blank is no zero", () => {
  expect(shown({ BF: graded(0), SF: graded(0) })).toEqual({ grade: null, look: "blank" });
  expect(shown({ BF: graded(0), SF: graded(0), EF: graded(0) })).toEqual({ grade: 0, look: "0" });
});

test("what could not be assessed at all looks neither blank nor 0", () => {
  const none = notAssessable("artefact");
  expect(shown({ BF: none, SF: none, EF: none })).toEqual({ grade: null, look: "none" });
});

test("a whole covers none of its parts: where both are asked about, it is drawn between them", () => {
  const pathOf = (questions: Record<string, string>) => spotsOf(asking(questions)).find(({ shape }) => shape.place === "AA:C1C2")?.shape.path;
  const alone = pathOf({ AA: "AA:C1C2" });
  const amongParts = pathOf({ D: "AA:DENS", C: "AA:C1", S: "AA:C1C2" });
  expect(alone).toContain(SHAPES.find(({ place }) => place === "AA:DENS")?.path);
  expect(amongParts).not.toBe(alone);
});

test("what is not asked about remains as a shadow, but not under the whole it belongs to", () => {
  const places = shadowsOf(asking({ AA: "AA:C1C2", VB: "VB:C4" })).map(({ place }) => place);
  expect(places).toContain("SP:C4");
  expect(places).not.toContain("VB:C4");
  expect(places.filter((place) => place.startsWith("AA"))).toEqual([]);
  expect(shadowsOf(instrument)).toEqual([]);
});

test("the diagram has the places that the documentation promises", () => {
  const page = readFileSync(new URL("../../../../docs/instruments.md", import.meta.url), "utf-8");
  const rows = [...page.matchAll(/^\| `([A-Z]{2})` \| (.+) \|$/gm)];
  const told = rows.flatMap(([, place, sites]) => [...(sites ?? "").matchAll(/\w+/g)].map(([site]) => `${place}:${site}`));
  expect(SHAPES.map(({ place }) => place).sort()).toEqual(told.sort());
});
