import { expect, it } from "vitest";
import { wheelSteps } from "./mouse";

it("takes a notch of a wheel as one slice", () => {
  expect(wheelSteps(120, 0, 0)).toEqual({ steps: 1, rest: 0 });
  expect(wheelSteps(-3, 1, 0)).toEqual({ steps: -1, rest: 0 });
});

it("adds up the small steps of a trackpad", () => {
  const first = wheelSteps(30, 0, 0);
  expect(first.steps).toBe(0);
  expect(wheelSteps(30, 0, first.rest).steps).toBe(1);
});
