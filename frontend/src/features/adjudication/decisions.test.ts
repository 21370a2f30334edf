import { describe, expect, test } from "vitest";
import type { Decision, Dispute } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { BLANK, draftOf, gapOf, give, inputOf, isDecided, isNew, lacking, neighbour, nextOpen, take, valueOf } from "./decisions";

const grade = (value: number) => ({ grade: value, not_assessable: "" });
const unseen = (reason: string) => ({ grade: null, not_assessable: reason });

const dispute = (fields: Partial<Dispute> = {}): Dispute => ({
  item: "VB_C4" as ItemCode, label: "BME at vertebral body C4", left: grade(1), right: grade(3), left_pins: [], right_pins: [], own_answer: null, own_at: null,
  is_revealed: true, decision: null, decided_at: null, ...fields,
});

const decision = (fields: Partial<Decision> = {}): Decision => ({
  choice: "left", grade: 1, not_assessable: "", reason: "extent", comment: "", ...fields,
});

describe("a value", () => {
  test("that the left side has is the left side's choice", () => {
    expect(give(BLANK, dispute(), grade(1))).toEqual(take(BLANK, "left"));
  });

  test("that the right side has is the right side's choice", () => {
    expect(give(BLANK, dispute(), grade(3))).toEqual(take(BLANK, "right"));
  });

  test("that neither side has is another value", () => {
    expect(give(BLANK, dispute(), grade(2))).toMatchObject({ choice: "other", grade: 2, not_assessable: "" });
  });

  test("of 0 is a value like any other, and not the same as not assessable", () => {
    const half = dispute({ left: unseen("artefact") });
    expect(give(BLANK, half, grade(0))).toMatchObject({ choice: "other", grade: 0 });
    expect(give(BLANK, half, unseen("artefact")).choice).toBe("left");
    expect(give(BLANK, half, unseen("anatomy"))).toMatchObject({ choice: "other", grade: null, not_assessable: "anatomy" });
  });

  test("taken from a side forgets another value given before, and keeps the reason", () => {
    const before = { ...give(BLANK, dispute(), grade(2)), reason: "extent" as const, comment: "wide" };
    expect(take(before, "right")).toEqual({ choice: "right", grade: null, not_assessable: "", reason: "extent", comment: "wide" });
  });

  test("that was the own answer is the own answer, unless a side has it as well", () => {
    const answered = dispute({ own_answer: grade(2) });
    expect(give(BLANK, answered, grade(2)).choice).toBe("own");
    expect(valueOf(take(BLANK, "own"), answered)).toEqual(grade(2));
    expect(give(BLANK, dispute({ own_answer: grade(3) }), grade(3)).choice).toBe("right");
  });

  test("is new when nobody gave it before", () => {
    expect([isNew(dispute(), grade(1)), isNew(dispute(), grade(2)), isNew(dispute({ own_answer: grade(2) }), grade(2))]).toEqual([false, true, false]);
  });

  test("of a draft is the side's own, the other one, or none yet", () => {
    expect(valueOf(BLANK, dispute())).toBeNull();
    expect(valueOf(take(BLANK, "right"), dispute())).toEqual(grade(3));
    expect(valueOf(give(BLANK, dispute(), grade(0)), dispute())).toEqual(grade(0));
  });
});

describe("a draft", () => {
  test("says what it still lacks", () => {
    expect(lacking(BLANK)).toBe("Choose a value and a reason");
    expect(lacking(take(BLANK, "left"))).toBe("Choose a reason");
    expect(lacking({ ...BLANK, reason: "level" })).toBe("Choose a value");
    expect(lacking({ ...take(BLANK, "left"), reason: "level" })).toBe("");
  });

  test("is sent only with both a value and a reason", () => {
    expect(inputOf(take(BLANK, "left"))).toBeNull();
    expect(inputOf({ ...BLANK, reason: "level" })).toBeNull();
    expect(inputOf({ ...take(BLANK, "left"), reason: "level" })).toEqual({
      choice: "left", grade: null, not_assessable: "", reason: "level", comment: "",
    });
  });

  test("of a side's decision carries no value, for the server refuses one there", () => {
    expect(draftOf(decision())).toMatchObject({ choice: "left", grade: null, not_assessable: "" });
    expect(draftOf(decision({ choice: "other", grade: 2 }))).toMatchObject({ choice: "other", grade: 2 });
  });
});

describe("decided", () => {
  test("is what the server has", () => {
    expect(isDecided(dispute(), { ...take(BLANK, "left"), reason: "extent" })).toBe(false);
    expect(isDecided(dispute({ decision: decision() }), draftOf(decision()))).toBe(true);
  });

  test("is not what was changed since", () => {
    expect(isDecided(dispute({ decision: decision() }), take(draftOf(decision()), "right"))).toBe(false);
  });
});

test("the gap counts grades, and none where a side has no grade", () => {
  expect(gapOf(dispute())).toBe(2);
  expect(gapOf(dispute({ left: unseen("artefact") }))).toBeNull();
  expect(gapOf(dispute({ left: null, right: null }))).toBeNull();
});

describe("moving", () => {
  const order = ["a", "b", "c"] as ItemCode[];
  const [a, b, c] = order as [ItemCode, ItemCode, ItemCode];

  test("goes round both ends", () => {
    expect([neighbour(order, c, 1), neighbour(order, a, -1), neighbour(order, a, 1)]).toEqual([a, c, b]);
  });

  test("to the next open one looks behind after looking ahead", () => {
    expect(nextOpen(order, b, (item) => item !== c)).toBe(a);
    expect(nextOpen(order, b, (item) => item === b)).toBe(b);
    expect(nextOpen(order, b, () => false)).toBeUndefined();
  });
});
