import type { InstrumentLine, PracticeSet, Rules } from "@/api/types";
import { count } from "@/lib/format";

interface Choice<Value extends string> {
  value: Value;
  label: string;
  about: string;
}

export const DESIGNS: Choice<Rules["design"]>[] = [
  {
    value: "paired_adjudicated",
    label: "Two readers and an adjudicator",
    about: "Two readers, drawn at random, read each case independently. Where they differ too much, a third person decides. Usual where single sites are reported.",
  },
  {
    value: "paired_mean",
    label: "The mean of two readers",
    about: "Both readings count alike. Usual in trials that compare totals: it evens out chance, but hides whether a difference was an error or an opinion.",
  },
  {
    value: "single",
    label: "One reader",
    about: "Each case is read once. There is no agreement between readers to report, unless readings are repeated.",
  },
];

export const STRATA: Choice<Rules["strata"][number]>[] = [
  { value: "centre", label: "Centre", about: "the hospital the images come from" },
  { value: "vendor", label: "Scanner", about: "its maker" },
  { value: "sex", label: "Sex", about: "of the participant" },
];

export const PRESENCES: Choice<Rules["trigger_presence"][number]>[] = [
  { value: "item", label: "at a site", about: "0 against any other grade at the same site" },
  { value: "region", label: "in a region", about: "a whole region is free to one reader and not to the other" },
  { value: "patient", label: "in the patient", about: "the patient is BME-negative to one reader and positive to the other" },
];

export const DISCLOSURES: Choice<Rules["disclosure"]>[] = [
  {
    value: "all_signed",
    label: "Once every reading is signed",
    about: "Earlier, agreement could be taken apart into single grades.",
  },
  {
    value: "locked",
    label: "Once the study is locked",
    about: "Nothing can be changed any more when the first number is seen. The strictest choice.",
  },
];

export const RESOLUTIONS: Choice<Rules["resolution"]>[] = [
  {
    value: "pick_item",
    label: "Item by item",
    about: "The adjudicator sees both answers to a disputed item without names, on shuffled sides, and decides. The most common way.",
  },
  {
    value: "own_first",
    label: "Own answer first",
    about: "The adjudicator answers an item seeing neither reading; then both are shown, and it is decided. Nothing seen steers the first look.",
  },
  {
    value: "median",
    label: "Median of three",
    about: "The adjudicator answers as a third reader and never sees the others. The middle one of the three answers counts.",
  },
  {
    value: "closest_two",
    label: "Closest two of three",
    about: "As a third reader, too. The mean of the two answers that lie closest counts; where both lie as close, the middle one.",
  },
  {
    value: "pick_reading",
    label: "One reading, whole",
    about: "The adjudicator picks one of the two readings. It counts for every item that differs, also where a small difference would be averaged.",
  },
  {
    value: "joint",
    label: "Two people together",
    about: "Two adjudicators decide item by item at one screen. Both sign, and both names are kept. The team needs two of them.",
  },
];

/** Where the adjudicator decides among what readers gave, and may or may not go beyond it. */
export const HAS_OTHER: Rules["resolution"][] = ["pick_item", "own_first", "joint"];
/** Where the adjudicator answers before seeing anything: elsewhere two equal answers would give an agreed case away. */
export const HAS_SHAMS: Rules["resolution"][] = ["own_first", "median", "closest_two"];

export interface Line {
  label: string;
  value: string;
}

/** The rules as a person reads them on one screen. Every rule is there, in the order of the form. */
export function summary(rules: Rules, practiceSets: PracticeSet[] = []): Line[] {
  return [
    { label: "Read design", value: DESIGNS.find(({ value }) => value === rules.design)?.label ?? rules.design },
    { label: "Readers", value: `at least ${rules.pool_size}` },
    { label: "Balanced within", value: rules.strata.length ? rules.strata.map(stratumOf).join(", ") : "the whole study" },
    { label: "Own hospital", value: rules.bars_own_centre ? "nobody reads its cases" : "no rule" },
    { label: "Order", value: rules.subject_gap ? `${count(rules.subject_gap, "other reading")} between two of one participant` : "random" },
    { label: "Hidden repeats", value: repeats(rules) },
    ...(rules.design === "paired_adjudicated" ? settling(rules) : []),
    ...(rules.design === "paired_adjudicated" && rules.self_check ? [{ label: "Self-check", value: "both readers look again at some items of every case before the adjudicator is asked" }] : []),
    { label: "Evidence", value: rules.requires_pins ? "a pin for every grade above 0" : "pins as readers like" },
    { label: "A compared reading", value: rules.reopens_compared ? "may be opened again, with a reason: its consensus is superseded" : "stays as it was signed" },
    { label: "Practice", value: practice(rules, practiceSets) },
    { label: "Agreement is shown", value: (DISCLOSURES.find(({ value }) => value === rules.disclosure)?.label ?? "").toLowerCase() },
  ];
}

export interface Change extends Line {
  was: string;
}

interface Said {
  instrument: string;
  rules: Rules;
  practiceSets?: PracticeSet[];
}

/** What one charter says otherwise than the one before it, in the order of the form. */
export function changes(before: Said, after: Said): Change[] {
  const lines = ({ instrument, rules, practiceSets }: Said) => new Map([["Instrument", instrument], ...summary(rules, practiceSets).map(({ label, value }): [string, string] => [label, value])]);
  const [was, is] = [lines(before), lines(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((label) => ({ label, was: was.get(label) ?? "–", value: is.get(label) ?? "–" }))
    .filter((line) => line.was !== line.value);
}

export function instrumentName({ title, version }: Pick<InstrumentLine, "title" | "version">): string {
  return `${title}, version ${version}`;
}

function stratumOf(stratum: string): string {
  return (STRATA.find(({ value }) => value === stratum)?.label ?? stratum).toLowerCase();
}

function repeats(rules: Rules): string {
  if (rules.repeat_percent === 0) return "none";
  return `${rules.repeat_percent} % of readings, after ${count(rules.repeat_min_days, "day")} and ${count(rules.repeat_min_cases, "other reading")}`;
}

/** What brings an item to the adjudicator, each trigger in a few words. */
export function triggers(rules: Rules): string[] {
  const found: string[] = [];
  if (rules.trigger_item_difference !== null) found.push(`grades differ by ${rules.trigger_item_difference} or more`);
  for (const { value, label } of PRESENCES) {
    if (rules.trigger_presence.includes(value)) found.push(`something against nothing ${label}`);
  }
  if (rules.trigger_total !== null) found.push(`totals differ by more than ${rules.trigger_total}`);
  if (rules.trigger_not_assessable) found.push("only one could assess it");
  if (rules.trigger_flags) found.push("a yes-or-no item differs");
  return found.length ? found : ["nothing yet"];
}

/** What is disputed, and how it is settled then. */
function settling(rules: Rules): Line[] {
  return [
    { label: "To the adjudicator", value: triggers(rules).join("; ") },
    { label: "Disputes", value: resolution(rules) },
    ...(rules.sham_percent ? [{ label: "Agreed cases mixed in", value: `${rules.sham_percent} %` }] : []),
  ];
}

function resolution({ resolution, may_give_other }: Rules): string {
  const name = (RESOLUTIONS.find(({ value }) => value === resolution)?.label ?? resolution).toLowerCase();
  return HAS_OTHER.includes(resolution) && !may_give_other ? `${name}, only answers that were given` : name;
}

function practice(rules: Rules, sets: PracticeSet[]): string {
  if (!rules.practice_set) return "none";
  const name = sets.find(({ code }) => code === rules.practice_set)?.title ?? rules.practice_set;
  return `kappa ${rules.practice_kappa} over ${count(rules.practice_cases, "case")} of “${name}”`;
}
