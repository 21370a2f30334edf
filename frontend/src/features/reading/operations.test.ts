import { expect, test } from "vitest";
import type { Reading } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import type { Place } from "@/viewer";
import { BLANK, type Said, answerTo, commentOn, idOf, isSaid, isSame, lastIn, pinAt, saidIn, saying, sayingAll, valueOf } from "./operations";

const C4 = "VB_C4" as ItemCode;
const nothing: Said = { answers: {}, comments: {}, pins: [] };
const two = { grade: 2, not_assessable: "" };
const place: Place = { series: 1, slice: 7, point: [1, 2, 3], view: { centre: [0, 0, 0], mm_per_pixel: 0.5, low: 0, high: 400 } };
const reading = {
  scores: [{ item: C4, ...two, comment: "faint", saved_at: "2026-11-03T14:03:22Z", answer_operation: "k1", comment_operation: null }],
  pins: [{ key: "p1", item: C4, ...place, operation: "k2" }],
} as unknown as Reading;

test("the answer, the comment and each pin of a site are different things", () => {
  const ids = [answerTo(C4), commentOn(C4), pinAt(C4, "p1"), pinAt(C4, "p2")].map(idOf);
  expect(new Set(ids).size).toBe(4);
});

test("of what was never said, nothing is said: blank, no words, no pin", () => {
  expect([answerTo(C4), commentOn(C4), pinAt(C4, "p1")].map((thing) => valueOf(nothing, thing))).toEqual([BLANK, { text: "" }, null]);
});

test("what is said is there, and leaves the rest alone", () => {
  const said = sayingAll(nothing, [{ thing: answerTo(C4), value: two }, { thing: commentOn(C4), value: { text: "faint" } }, { thing: pinAt(C4, "p1"), value: place }]);
  expect(said).toEqual({ answers: { [C4]: two }, comments: { [C4]: "faint" }, pins: [{ key: "p1", item: C4, place }] });
});

test("a pin that is put again moves; taken out, it is gone", () => {
  const put = saying(nothing, pinAt(C4, "p1"), place);
  const moved = saying(put, pinAt(C4, "p1"), { ...place, slice: 8 });
  expect(moved.pins.map((pin) => pin.place.slice)).toEqual([8]);
  expect(saying(moved, pinAt(C4, "p1"), null)).toEqual(nothing);
});

test("the same value is the same in whatever order its fields stand", () => {
  expect(isSame(two, { not_assessable: "", grade: 2 })).toBe(true);
  expect(isSame(BLANK, { grade: 0, not_assessable: "" })).toBe(false);
  expect(isSame(null, place)).toBe(false);
  expect(isSaid(nothing, answerTo(C4), BLANK)).toBe(true);
});

test("what the server has, and the change of each thing that the next one follows", () => {
  expect(saidIn(reading)).toEqual({ answers: { [C4]: two }, comments: { [C4]: "faint" }, pins: [{ key: "p1", item: C4, place }] });
  expect(lastIn(reading)).toEqual({ [idOf(answerTo(C4))]: "k1", [idOf(commentOn(C4))]: null, [idOf(pinAt(C4, "p1"))]: "k2" });
});
