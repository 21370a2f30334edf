import { expect, test } from "vitest";
import { safeNext } from "./next";
import { problemOf } from "./password";

test("one comes back to where one was", () => {
  expect(safeNext({ next: "/read/k3v9" })).toBe("/read/k3v9");
});

test("an address of another site is not followed", () => {
  expect(["//evil.example", "https://evil.example", "/\\evil.example", undefined].map((next) => safeNext({ next }))).toEqual(Array(4).fill("/"));
  expect(safeNext(null)).toBe("/");
});

test("the pages of signing in do not lead to themselves", () => {
  expect([safeNext({ next: "/sign-in" }), safeNext({ next: "/password" })]).toEqual(["/", "/"]);
});

test("a short, repeated or mistyped new password is named", () => {
  expect(problemOf({ old: "x", fresh: "short", again: "short" })).toMatch(/12/);
  expect(problemOf({ old: "a long enough one", fresh: "a long enough one", again: "a long enough one" })).toMatch(/differs/);
  expect(problemOf({ old: "x", fresh: "a long enough one", again: "a long enough two" })).toMatch(/differ\./);
});

test("a good new password passes", () => {
  expect(problemOf({ old: "x", fresh: "a long enough one", again: "a long enough one" })).toBeNull();
});
