import { expect, test } from "vitest";
import { doneOf } from "./words";

test("a new version says what follows from it", () => {
  expect(doneOf({ entered: { version: 2 }, isNew: true })).toBe("This is version 2 now. The clinical tables under Agreement follow within seconds.");
});

test("the same table again changes nothing", () => {
  expect(doneOf({ entered: { version: 2 }, isNew: false })).toBe("Version 2 says the same already; nothing has changed.");
  expect(doneOf(undefined)).toBeNull();
});
