import { expect, test } from "vitest";
import { BLANK, graded } from "./draft";
import { acknowledged, delayMs, failed, openQueue, saveState, sent, unsaved, waitingItems, want } from "./saving";

const opened = openQueue({ VB_C4: graded(0) });
const wanting = want(opened, { VB_C4: graded(2) });

test("what the server had at the start needs no sending", () => {
  expect(waitingItems(opened)).toEqual([]);
  expect(saveState(opened, null)).toBe("saved");
});

test("a change waits to be sent", () => {
  expect(waitingItems(wanting)).toEqual(["VB_C4"]);
  expect(saveState(wanting, null)).toBe("saving");
});

test("a site nobody answered yet is blank on the server", () => {
  expect(waitingItems(want(opened, { VB_C5: BLANK }))).toEqual([]);
  expect(waitingItems(want(opened, { VB_C5: graded(0) }))).toEqual(["VB_C5"]);
});

test("saved is not said before the acknowledgement", () => {
  const flying = sent(wanting, "VB_C4");
  expect(saveState(flying, null)).toBe("saving");
  expect(unsaved(flying)).toEqual({ VB_C4: graded(2) });
  expect(saveState(acknowledged(flying, "VB_C4"), null)).toBe("saved");
});

test("an item has one request in flight at most", () => {
  const again = want(sent(wanting, "VB_C4"), { VB_C4: graded(3) });
  expect(waitingItems(again)).toEqual([]);
});

test("the newest value is sent when the older one has arrived", () => {
  const again = acknowledged(want(sent(wanting, "VB_C4"), { VB_C4: graded(3) }), "VB_C4");
  expect(waitingItems(again)).toEqual(["VB_C4"]);
  expect(sent(again, "VB_C4").VB_C4?.inFlight).toEqual(graded(3));
  expect(saveState(again, null)).toBe("saving");
});

test("values passed over while a request was in flight are never sent", () => {
  const flying = sent(wanting, "VB_C4");
  const last = want(want(flying, { VB_C4: graded(1) }), { VB_C4: graded(2) });
  expect(waitingItems(acknowledged(last, "VB_C4"))).toEqual([]);
});

test("a lost answer leaves open what the server has, so even the old value is sent again", () => {
  const lost = failed(sent(wanting, "VB_C4"), "VB_C4");
  const undone = want(lost, { VB_C4: graded(0) });
  expect(waitingItems(undone)).toEqual(["VB_C4"]);
});

test("a failure is said, and waits to be sent again", () => {
  const lost = failed(sent(wanting, "VB_C4"), "VB_C4");
  expect(saveState(lost, null)).toBe("retrying");
  expect(saveState(sent(lost, "VB_C4"), null)).toBe("retrying");
  expect(waitingItems(lost)).toEqual(["VB_C4"]);
});

test("one item's trouble does not hold up another", () => {
  const lost = failed(sent(wanting, "VB_C4"), "VB_C4");
  const both = sent(want(lost, { VB_C5: graded(1) }), "VB_C5");
  expect(saveState(acknowledged(both, "VB_C5"), null)).toBe("retrying");
  expect(unsaved(acknowledged(both, "VB_C5"))).toEqual({ VB_C4: graded(2) });
});

test("a halt is said while something is unsaved, and only then", () => {
  const halt = { code: "not_signed_in", message: "" };
  expect(saveState(wanting, halt)).toBe("halted");
  expect(saveState(opened, halt)).toBe("saved");
});

test("tries come after 0.5 s, then twice as long each time, at most 10 s", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(delayMs)).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});
