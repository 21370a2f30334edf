import { expect, test } from "vitest";
import { lookOf } from "./look";

const scale = (n: number, scored = true) => ({ scored, grades: Array.from({ length: n }, (_, value) => ({ value, label: String(value), definition: "" })) });
const looks = (region: ReturnType<typeof scale>) => region.grades.map(({ value }) => lookOf(region, value)).join("");

test("grades 0 to 3 have a step each", () => {
  expect(looks(scale(4))).toBe("0123");
});

test("a longer scale shares the steps, and its highest grade has the brightest", () => {
  expect(looks(scale(11))).toBe("01112223333");
});

test("the only grade of a lesion is the brightest; a flag is drawn in the middle", () => {
  expect(looks(scale(2))).toBe("03");
  expect(looks(scale(2, false))).toBe("02");
});
