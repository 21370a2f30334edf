import { expect, test } from "vitest";
import { partOf, problemsIn } from "./problems";

// The sentences of scoring/rules.py and scoring/charter.py.
test.each([
  ["This design needs 2 to 100 readers.", "assignment"],
  ["Between two readings of one participant there can be 0 to 50 others.", "assignment"],
  ["Readings are adjudicated where a trigger says so: choose at least one, or take the mean of both readers.", "triggers"],
  ["Grades of this instrument differ by 1 to 3.", "triggers"],
  ["A difference of totals cannot be negative.", "triggers"],
  ["Between 0 and 50 percent of the agreed cases can be put before the adjudicator.", "resolution"],
  ["Agreed cases can be mixed in only where the adjudicator answers before seeing the readings: elsewhere, two equal answers would give them away.", "resolution"],
  ["Whole readings are picked as they were signed: readers cannot be asked again for single items of them.", "resolution"],
  ["Between 0 and 50 percent of the readings can be repeated.", "repeats"],
  ["A repeat comes 1 to 365 days after its first reading: sooner, it would be remembered.", "repeats"],
  ["Between a reading and its repeat there must be 1 to 100 others.", "repeats"],
  ["Calibration counts between 1 and 50 practice cases.", "practice"],
  ["The kappa to be reached lies above 0 and is 1 at most.", "practice"],
  ["The practice set has references for another instrument. Choose one for this instrument.", "practice"],
  ["The practice set has 2 cases with references, and the charter counts 3.", "practice"],
  ["Say why the charter is amended.", "amendment"],
  ["Nothing is changed by this amendment.", "amendment"],
  ["Cases are allotted already: the read design stays. Open a new study for another one.", "design"],
])("%s", (problem, part) => {
  expect(partOf(problem)).toBe(part);
});

test("a sentence that nobody foresaw is shown all the same", () => {
  expect(problemsIn("design", ["The moon is full."])).toEqual(["The moon is full."]);
});
