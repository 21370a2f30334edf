import { expect, test } from "vitest";
import type { Rules } from "@/api/types";
import { changes, summary, triggers } from "./words";

const RULES: Rules = {
  design: "paired_adjudicated", pool_size: 2, subject_gap: 5, repeat_percent: 0, repeat_min_days: 14, repeat_min_cases: 5,
  strata: [], bars_own_centre: true, requires_pins: false, trigger_item_difference: 1, trigger_presence: [], trigger_total: null,
  trigger_not_assessable: true, trigger_flags: true, resolution: "pick_item", may_give_other: true, sham_percent: 0, self_check: false,
  reopens_compared: false, disclosure: "all_signed", practice_set: "", practice_cases: 3, practice_kappa: 0.6,
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

test("whether a compared reading may be opened again is told", () => {
  expect(valueOf("A compared reading", {})).toBe("stays as it was signed");
  expect(valueOf("A compared reading", { reopens_compared: true })).toContain("superseded");
});

test("without an adjudicator there is nothing to bring to one", () => {
  expect(valueOf("To the adjudicator", { design: "paired_mean" })).toBeUndefined();
});

test("every trigger is told", () => {
  const all = triggers({ ...RULES, trigger_presence: ["item", "region", "patient"], trigger_total: 4 });
  expect(all).toHaveLength(7);
});

test("how disputes are settled is told, and what may be given", () => {
  expect(valueOf("Disputes", {})).toBe("item by item");
  expect(valueOf("Disputes", { may_give_other: false })).toBe("item by item, only answers that were given");
  expect(valueOf("Disputes", { resolution: "median", may_give_other: false })).toBe("median of three");
  expect(valueOf("Disputes", { design: "single" })).toBeUndefined();
  expect([valueOf("Agreed cases mixed in", {}), valueOf("Agreed cases mixed in", { sham_percent: 10 })]).toEqual([undefined, "10 %"]);
});

test("strata are named", () => {
  expect(valueOf("Balanced within", { strata: ["centre", "vendor"] })).toBe("centre, scanner");
});

test("an amendment says what it changes, and only that", () => {
  const before = { instrument: "Neck, version 1", rules: RULES };
  expect(changes(before, before)).toEqual([]);
  expect(changes(before, { instrument: "Neck, version 1", rules: { ...RULES, pool_size: 4, repeat_percent: 10 } })).toEqual([
    { label: "Readers", was: "at least 2", value: "at least 4" },
    { label: "Hidden repeats", was: "none", value: "10 % of readings, after 14 days and 5 other readings" },
  ]);
  expect(changes(before, { instrument: "Neck, version 2", rules: RULES })).toEqual([{ label: "Instrument", was: "Neck, version 1", value: "Neck, version 2" }]);
});

test("a rule that goes with its design is told as gone", () => {
  const lines = changes({ instrument: "", rules: RULES }, { instrument: "", rules: { ...RULES, design: "paired_mean" } });
  expect(lines.map(({ label }) => label)).toEqual(["Read design", "To the adjudicator", "Disputes"]);
  expect(lines[1]?.value).toBe("–");
});

test("the self-check is told where there is one", () => {
  expect(valueOf("Self-check", {})).toBeUndefined();
  expect(valueOf("Self-check", { self_check: true })).toMatch(/every case/);
});
