import { expect, test } from "vitest";
import type { ItemCode } from "@/lib/brand";
import { graded, notAssessable } from "./draft";
import { instrument } from "./instrument.fixture";
import { itemsWithoutPin, nextOf, pinAfter, pinsOf } from "./pins";
import type { PinMark } from "./useDraft";

const C4 = "VB_C4" as ItemCode;
const pin = (key: string, item = "VB_C4"): PinMark => ({
  key, item: item as ItemCode,
  place: { series: 1, slice: 6, point: [0, 10, 20], view: { centre: [0, 0, 0], mm_per_pixel: 0.3, low: 0, high: 900 } },
});
const pins = [pin("one"), pin("elsewhere", "FJ_C3C4"), pin("two")];

test("a site has its own pins", () => {
  expect(pinsOf(pins, C4).map(({ key }) => key)).toEqual(["one", "two"]);
});

test("going to a pin goes through all of the site, and round", () => {
  const visited = [null, "one", "two"].map((standing) => pinAfter(pins, C4, standing)?.key);
  expect(visited).toEqual(["one", "two", "one"]);
});

test("who stands at the pin of another site goes to the first of this one", () => {
  expect(pinAfter(pins, C4, "elsewhere")?.key).toBe("one");
});

test("a site without a pin leads nowhere", () => {
  expect(pinAfter(pins, "VB_C2" as ItemCode, null)).toBeUndefined();
});

test("a grade above 0 wants a pin; 0, not assessable, blank and a flag want none", () => {
  const answers = { VB_C2: graded(0), VB_C3: graded(1), VB_C4: graded(3), VB_C5: notAssessable("artefact"), DG_C3C4: graded(1) };
  expect(itemsWithoutPin(instrument, answers, pins).map(({ code }) => code)).toEqual(["VB_C3"]);
});

test("the way to the missing pins goes on from the current site, and round", () => {
  const order = ["VB_C2", "VB_C3", "VB_C4"] as ItemCode[];
  const wanted = new Set(["VB_C2", "VB_C4"] as ItemCode[]);
  expect(nextOf(order, wanted, "VB_C3" as ItemCode)).toBe("VB_C4");
  expect(nextOf(order, wanted, "VB_C4" as ItemCode)).toBe("VB_C2");
});
