import { describe, expect, it } from "vitest";
import type { Case, CaseCheck, Finding } from "@/api/types";
import type { CaseCode } from "@/lib/brand";
import { answersOf, inOrder, nextToCheck, obstacles, standing } from "./verdict";

const questions = [
  { name: "burned_in", sentence: "No text is burnt in." },
  { name: "face", sentence: "No face can be made." },
];
const check = { state: "to_check", questions, queries: [] } as unknown as CaseCheck;
const queries = [{ state: "open" }, { state: "answered" }, { state: "closed" }] as CaseCheck["queries"];
const both = new Set(["burned_in", "face"]);

describe("accepting", () => {
  it("is free when every question is answered and nothing is asked of the centre", () => {
    expect(obstacles(check, both)).toEqual([]);
  });

  it("waits for the questions", () => {
    expect(obstacles(check, new Set(["face"]))).toEqual(["1 question is not answered"]);
  });

  it("waits for the centre: an answer alone does not close a query", () => {
    expect(obstacles({ ...check, queries }, both)).toEqual(["2 queries to the centre are not closed"]);
  });

  it("is not possible while images are missing", () => {
    expect(obstacles({ ...check, state: "incomplete" }, both)).toEqual(["images are missing"]);
  });

  it("is said to be done when it is done, whatever is ticked", () => {
    expect(standing({ ...check, state: "ready" }, ["1 question is not answered"])).toMatch(/^Accepted:/);
    expect(standing({ ...check, state: "refused" }, [])).toMatch(/can still be accepted/);
    expect(standing(check, ["images are missing"])).toBe("Not yet acceptable: images are missing.");
  });

  it("sends only answers to what was asked", () => {
    expect(answersOf(questions, new Set(["face", "of an earlier role"]))).toEqual({ face: true });
  });
});

describe("findings", () => {
  it("begin with what is missing, and keep their order otherwise", () => {
    const findings = ["pass a", "missing b", "question c", "missing d"].map((text) => ({ state: text.split(" ")[0], name: text.at(-1) })) as Finding[];
    expect(inOrder(findings).map(({ name }) => name)).toEqual(["b", "d", "c", "a"]);
  });
});

describe("the next case", () => {
  const cases = ["a to_check", "b ready", "c to_check", "d to_check"].map((text) => ({ code: text[0], state: text.slice(2) })) as Case[];

  it("is the next one in the list that waits, and then those before", () => {
    expect(nextToCheck(cases, "c" as CaseCode)).toEqual({ next: "d", left: 2 });
    expect(nextToCheck(cases, "d" as CaseCode)).toEqual({ next: "a", left: 2 });
  });

  it("is none when no other case waits", () => {
    expect(nextToCheck(cases.slice(2, 3), "c" as CaseCode)).toEqual({ next: null, left: 0 });
  });
});
