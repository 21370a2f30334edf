import { expect, test } from "vitest";
import type { Instrument, InstrumentItem, InstrumentRegion } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { shadowsOf, spotsOf } from "@/ui/spine/spots";
import { graded, itemsOf, notAssessable } from "./draft";
import { instrument } from "./instrument.fixture";
import { nextAt, shownOf, type Spot } from "./places";

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
const [joint] = spotsOf(itemsOf(lesions)) as [Spot];
const shown = (answers: Parameters<typeof shownOf>[2], of = lesions) => shownOf(of, joint, answers);

test("every item of the cervical instrument has its own spot", () => {
  expect(spotsOf(itemsOf(instrument)).flatMap((spot) => spot.items.map((one) => one.code)).sort()).toEqual(itemsOf(instrument).map((one) => one.code).sort());
  expect(shadowsOf(itemsOf(instrument))).toEqual([]);
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
