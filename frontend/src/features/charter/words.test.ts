import { expect, test } from "vitest";
import type { Rules } from "@/api/types";
import { summary, triggers } from "./words";

const RULES: Rules = {
  design: "paired_adjudicated", pool_size: 2, subject_gap: 5, repeat_percent: 0, repeat_min_days: 14, repeat_min_cases: 5,
  strata: [], bars_own_centre: true, requires_pins: false, trigger_item_difference: 1, trigger_presence: [], trigger_total: null,
  trigger_not_assessable: true, trigger_flags: true, disclosure: "all_signed", practice_set: "", practice_cases: 3, practice_kappa: 0.6,
};

function valueOf(label: string, rules: Partial<Rules>): string | undefined {
  return summary({ ...RULES, ...rules }).find((line) => line.label === label)?.value;
}

test("the rules from the start, in words", () => {
  expect(valueOf("Read design", {})).toBe("Two readers and an adjudicator");
  expect(valueOf("Hidden repeats", {})).toBe("none");
  expect(valueOf("Practice", {})).toBe("none");
  expect(valueOf("To the adjudicator", {})).toBe("grades differ by 1 or more; only one could assess it; a yes-or-no item differs");
});

test("repeats say how many and after what", () => {
  expect(valueOf("Hidden repeats", { repeat_percent: 15, repeat_min_days: 1 })).toBe("15 % of readings, after 1 day and 5 other readings");
});

test("without an adjudicator there is nothing to bring to one", () => {
  expect(valueOf("To the adjudicator", { design: "paired_mean" })).toBeUndefined();
});

test("every trigger is told", () => {
  const all = triggers({ ...RULES, trigger_presence: ["item", "region", "patient"], trigger_total: 4 });
  expect(all).toHaveLength(7);
});

test("strata are named", () => {
  expect(valueOf("Balanced within", { strata: ["centre", "vendor"] })).toBe("centre, scanner");
});
