import { expect, test } from "vitest";
import type { ItemCode } from "@/lib/brand";
import { BLANK, answerOf, begin, draftReducer, graded, isBlank, missingItems, nextBlank, notAssessable, regionStepFrom, saidBetween, stepFrom, textOf } from "./draft";
import { instrument } from "./instrument.fixture";
import { answerTo, commentOn, pinAt } from "./operations";

const code = (text: string) => text as ItemCode;
const order = instrument.regions.flatMap((region) => region.items.map((item) => item.code));
const reduce = draftReducer(order);
const fresh = begin(order, {});
const give = (draft: typeof fresh, item: string, answer = graded(2)) => reduce(draft, { type: "answer", item: code(item), answer });

test("a reading begins at its first blank site", () => {
  expect(begin(order, { AA_C1C2: graded(0) }).current).toBe("VB_C2");
});

test("blank, 0 and not assessable are three different things", () => {
  expect([BLANK, graded(0), notAssessable("artefact")].map(isBlank)).toEqual([true, false, false]);
  expect([BLANK, graded(0), notAssessable("artefact")].map(textOf)).toEqual(["", "0", "artefact"]);
});

test("a grade moves on to the next site, also into the next region", () => {
  expect(give(fresh, "AA_C1C2").current).toBe("VB_C2");
});

test("without auto-advance a grade stays where it is", () => {
  const staying = reduce(fresh, { type: "auto advance", isOn: false });
  expect(give(staying, "AA_C1C2").current).toBe("AA_C1C2");
});

test("the last site has no next one", () => {
  expect(give(fresh, "DG_C7T1", graded(1)).current).toBe("DG_C7T1");
});

test("clearing makes a site blank again and stays there", () => {
  const cleared = give(give(fresh, "VB_C4"), "VB_C4", BLANK);
  expect(answerOf(cleared.answers, code("VB_C4"))).toEqual(BLANK);
  expect(cleared.current).toBe("VB_C4");
});

test("undo gives back the value before, at its site; redo does it again", () => {
  const changed = give(give(fresh, "VB_C4", graded(1)), "VB_C4", notAssessable("artefact"));
  const undone = reduce(changed, { type: "undo" });
  expect(answerOf(undone.answers, code("VB_C4"))).toEqual(graded(1));
  expect(undone.current).toBe("VB_C4");
  expect(answerOf(reduce(undone, { type: "redo" }).answers, code("VB_C4"))).toEqual(notAssessable("artefact"));
});

test("a new answer forgets what was undone", () => {
  const undone = reduce(give(fresh, "VB_C4"), { type: "undo" });
  const other = give(undone, "VB_C5", graded(3));
  expect(reduce(other, { type: "redo" })).toEqual(other);
});

test("giving the same grade again is no change to undo", () => {
  const twice = give(give(fresh, "VB_C4"), "VB_C4");
  expect(twice.done).toHaveLength(1);
});

test("undo with nothing done changes nothing", () => {
  expect(reduce(fresh, { type: "undo" })).toEqual(fresh);
});

test("steps end at either end", () => {
  expect(stepFrom(order, code("AA_C1C2"), -1)).toBe("AA_C1C2");
  expect(stepFrom(order, code("DG_C7T1"), 1)).toBe("DG_C7T1");
});

test("a region step lands on the first site of the region", () => {
  expect(regionStepFrom(instrument, code("VB_C5"), 1)).toBe("FJ_C2C3");
  expect(regionStepFrom(instrument, code("VB_C5"), -1)).toBe("AA_C1C2");
  expect(regionStepFrom(instrument, code("DG_C3C4"), 1)).toBe("DG_C3C4");
});

test("the next blank is looked for after the current site, then from the start", () => {
  const answers = Object.fromEntries(order.slice(2).map((item) => [item, graded(0)]));
  expect(nextBlank(order, answers, code("VB_C7"))).toBe("AA_C1C2");
  expect(nextBlank(order, { ...answers, AA_C1C2: graded(0), VB_C2: graded(0) }, code("VB_C7"))).toBeUndefined();
});

test("what is missing is named in the order of the instrument", () => {
  const answers = Object.fromEntries(order.filter((item) => !["SP_C3", "VB_C2"].includes(item)).map((item) => [item, graded(0)]));
  expect(missingItems(instrument, answers).map((item) => item.label)).toEqual(["BME at vertebral body C2", "BME at spinous process C3"]);
});

test("a comment and a pin are undone like an answer, at their site", () => {
  const place = { series: 1, slice: 7, point: [1, 2, 3], view: { centre: [0, 0, 0], mm_per_pixel: 0.5, low: 0, high: 400 } } as const;
  const worded = reduce(fresh, { type: "say", thing: commentOn(code("VB_C4")), value: { text: "faint" } });
  const pinned = reduce(worded, { type: "say", thing: pinAt(code("VB_C5"), "p"), value: structuredClone(place) as never });
  expect([pinned.comments, pinned.pins.map(({ key }) => key)]).toEqual([{ VB_C4: "faint" }, ["p"]]);
  const back = reduce(reduce(pinned, { type: "undo" }), { type: "undo" });
  expect([back.comments.VB_C4, back.pins, back.current]).toEqual(["", [], "VB_C4"]);
});

test("an event says something to the server, or only looks", () => {
  const graded2 = give(fresh, "VB_C4");
  expect(saidBetween(fresh, graded2)).toEqual({ thing: answerTo(code("VB_C4")), value: graded(2) });
  expect(saidBetween(graded2, reduce(graded2, { type: "undo" }))).toEqual({ thing: answerTo(code("VB_C4")), value: BLANK });
  expect(saidBetween(graded2, reduce(graded2, { type: "go", item: code("VB_C5") }))).toBeNull();
  expect(saidBetween(graded2, give(graded2, "VB_C4"))).toBeNull();
});

test("what stands at the server takes the place of the draft, and nothing before it can be undone", () => {
  const standing = reduce(give(fresh, "VB_C4"), { type: "stand", said: { answers: { VB_C4: graded(3) }, comments: {}, pins: [] } });
  expect(answerOf(standing.answers, code("VB_C4"))).toEqual(graded(3));
  expect(reduce(standing, { type: "undo" })).toEqual(standing);
});
