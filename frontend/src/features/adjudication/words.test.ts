import { expect, test } from "vitest";
import type { Adjudication, Instrument } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { byRegion, gapWords, inOrder, markOf, placeOf, wordsOf } from "./words";

const item = (code: string) => ({ code, site: "", label: "", kind: "grade" });
const GRADES = [{ value: 0, label: "none" }, { value: 1, label: "1-33 % of the site" }];
const instrument = {
  not_assessable_reasons: [{ code: "artefact", label: "Artefact" }],
  regions: [
    { code: "VB", grades: GRADES, items: [item("VB_C2"), item("VB_C3")] },
    { code: "FJ", grades: GRADES, items: [item("FJ_C2C3")] },
    { code: "DG", grades: [{ value: 0, label: "absent" }, { value: 1, label: "present" }], items: [item("DG_C2C3")] },
  ],
} as unknown as Instrument;
const disputes = ["DG_C2C3", "VB_C3", "VB_C2"].map((code) => ({ item: code }));
const adjudication = { instrument, disputes } as unknown as Adjudication;
const place = (code: string) => placeOf(instrument, code as ItemCode);

test("disputes stand in the order of the instrument", () => {
  expect(inOrder(adjudication).map((dispute) => dispute.item)).toEqual(["VB_C2", "VB_C3", "DG_C2C3"]);
});

test("only regions in which something differs are shown", () => {
  expect(byRegion(instrument, adjudication.disputes).map(({ region }) => region.code)).toEqual(["VB", "DG"]);
});

test("a grade is told in its own region's words", () => {
  const one = { grade: 1, not_assessable: "" };
  expect([wordsOf(one, instrument, place("VB_C2")), wordsOf(one, instrument, place("DG_C2C3"))]).toEqual(["1-33 % of the site", "present"]);
});

test("not assessable is told with its reason, and is no grade", () => {
  const unseen = { grade: null, not_assessable: "artefact" };
  expect([markOf(unseen), wordsOf(unseen, instrument, place("VB_C2"))]).toEqual(["NA", "not assessable: artefact"]);
  expect(markOf({ grade: 0, not_assessable: "" })).toBe("0");
});

test("the gap is told in grades, or why there is none", () => {
  expect([gapWords(1), gapWords(3), gapWords(null)]).toEqual(["1 grade apart", "3 grades apart", "one side not assessable"]);
});
