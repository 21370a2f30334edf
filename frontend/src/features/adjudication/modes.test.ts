import { expect, test } from "vitest";
import { BANNERS, askedOf, isNeverShown } from "./modes";

const hidden = { is_revealed: false };
const shown = { is_revealed: true };

test("an own answer is asked as long as both readings are hidden", () => {
  expect([askedOf("own_first", hidden), askedOf("own_first", shown)]).toEqual(["own", "decision"]);
  expect([askedOf("median", hidden), askedOf("closest_two", hidden)]).toEqual(["own", "own"]);
});

test("a whole reading is picked once", () => {
  expect(askedOf("pick_reading", shown)).toBe("whole");
});

test("item by item, alone or together", () => {
  expect([askedOf("pick_item", shown), askedOf("joint", shown)]).toEqual(["decision", "decision"]);
});

test("the median and the closest two never show a reading, and the banner says that something is hidden", () => {
  expect(Object.entries(BANNERS).filter(([, { isHidden }]) => isHidden).map(([mode]) => mode)).toEqual(["own_first", "median", "closest_two"]);
  expect([isNeverShown("median"), isNeverShown("closest_two"), isNeverShown("own_first")]).toEqual([true, true, false]);
});
