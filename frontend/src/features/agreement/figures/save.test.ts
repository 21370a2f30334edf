import { expect, test } from "vitest";
import { fileName } from "./save";

test("a figure is saved under its title", () => {
  expect(fileName("Bland-Altman: Total (R1 − R2)")).toBe("bland-altman-total-r1-r2.svg");
});
