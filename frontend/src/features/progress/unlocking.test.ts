import { expect, test } from "vitest";
import type { Unlocking } from "@/api/types";
import { outcomeOf, waitingOf } from "./unlocking";

const asked = (code: string, state: Unlocking["state"]) => ({ code, state }) as Unlocking;

test("the request that waits is found among those that were decided", () => {
  expect(waitingOf([asked("new", "asked"), asked("old", "declined")])?.code).toBe("new");
  expect(waitingOf([asked("old", "granted")])).toBeUndefined();
});

test("who has asked is told to wait for somebody else, and who has not that it waits for them", () => {
  expect(outcomeOf({ state: "asked", decided_by: null, can_decide: false })).toContain("a second person");
  expect(outcomeOf({ state: "asked", decided_by: null, can_decide: true })).toContain("for you");
});

test("a decision has a name", () => {
  expect(outcomeOf({ state: "granted", decided_by: "Ada Adler", can_decide: false })).toBe("Unlocked by Ada Adler");
  expect(outcomeOf({ state: "declined", decided_by: "Ada Adler", can_decide: false })).toBe("Declined by Ada Adler");
});
