import { expect, test } from "vitest";
import type { InstrumentItem } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { graded, notAssessable } from "./draft";
import { instrument } from "./instrument.fixture";
import { nextAt, shownOf, type Spot, spotsOf } from "./places";

const item = (code: string, place = "FJ:C4C5"): InstrumentItem => ({ code: code as ItemCode, site: "C4/5", label: code, kind: "grade", place });
const [joint] = spotsOf([item("BF"), item("SF"), item("EF")]) as [Spot];
const code = (text: string) => text as ItemCode;

test("every item of the cervical instrument has its own spot", () => {
  const items = instrument.regions.flatMap((region) => region.items);
  expect(spotsOf(items).map((spot) => spot.items.map((one) => one.code)).flat().sort()).toEqual(items.map((one) => one.code).sort());
});

test("a place the diagram does not know is not drawn", () => {
  expect(spotsOf([item("X", "SIJ:left")])).toEqual([]);
});

test("several questions at one place: a click goes to the first, then to the next, then round", () => {
  expect([nextAt(joint, code("VB_C4")), nextAt(joint, code("BF")), nextAt(joint, code("EF"))]).toEqual(["BF", "SF", "BF"]);
});

test("the highest grade shows", () => {
  expect(shownOf(joint, { BF: graded(0), SF: graded(3), EF: graded(1) })).toEqual({ grade: 3, look: "3" });
});

test("0 shows only when every question is answered: a blank is no zero", () => {
  expect(shownOf(joint, { BF: graded(0), SF: graded(0) })).toEqual({ grade: null, look: "blank" });
  expect(shownOf(joint, { BF: graded(0), SF: graded(0), EF: graded(0) })).toEqual({ grade: 0, look: "0" });
});

test("what could not be assessed at all looks neither blank nor 0", () => {
  const none = notAssessable("artefact");
  expect(shownOf(joint, { BF: none, SF: none, EF: none })).toEqual({ grade: null, look: "none" });
});
