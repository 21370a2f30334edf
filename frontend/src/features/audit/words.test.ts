import { expect, test } from "vitest";
import type { Trail, TrailEvent } from "@/api/types";
import { actionInWords, headInWords, utc, who } from "./words";

const trail = (verified: number, seq: number) => ({ verified, head: { seq, hash: "", count: seq } }) as Trail;

test("a time is that of the record, in UTC", () => {
  expect(utc("2026-03-02T09:30:07.123456+01:00")).toBe("2026-03-02 08:30:07 UTC");
});

test("actions are said in words", () => {
  expect(actionInWords("reading.reopening_asked")).toBe("Reading reopening asked");
  expect(actionInWords("series.role corrected")).toBe("Series role corrected");
});

test("how far the chain is verified is said without pretending", () => {
  expect(headInWords(trail(0, 0))).toBe("Nothing is recorded yet.");
  expect(headInWords(trail(0, 9))).toContain("the nightly verification has not run yet, or it failed");
  expect(headInWords(trail(8, 9))).toBe("The chain of this installation ends at event 9. Verified up to event 8; 1 event came since.");
  expect(headInWords(trail(9, 9))).toContain("Verified to its end.");
});

test("Dens itself has no role", () => {
  expect(who({ person: "Dens", role: "" } as TrailEvent)).toBe("Dens");
  expect(who({ person: "Ana Almeida", role: "reader" } as TrailEvent)).toBe("Ana Almeida, reader");
});
