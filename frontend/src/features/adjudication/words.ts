import type { Adjudication, DecisionReason, Dispute, Instrument, InstrumentItem, InstrumentRegion } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import type { Value } from "./decisions";

/** Why a value was chosen: about the images, never about a person. */
export const REASONS: { code: DecisionReason; label: string; key: string }[] = [
  { code: "level", label: "Level counted differently", key: "KeyQ" },
  { code: "artefact", label: "Artefact", key: "KeyW" },
  { code: "normal_variant", label: "Normal variant", key: "KeyE" },
  { code: "extent", label: "Extent of the signal", key: "KeyR" },
  { code: "other", label: "Other", key: "KeyT" },
];

export function reasonLabel(code: string): string {
  return REASONS.find((reason) => reason.code === code)?.label ?? code;
}

export interface Place {
  region: InstrumentRegion;
  item: InstrumentItem;
}

/** Where the instrument has the item: its region tells which grades there are. */
export function placeOf(instrument: Instrument, code: ItemCode): Place | undefined {
  for (const region of instrument.regions) {
    const item = region.items.find((one) => one.code === code);
    if (item) return { region, item };
  }
  return undefined;
}

/** The grades of the item's region. */
export function gradesOf(place: Place | undefined) {
  return place?.region.grades ?? [];
}

/** A value in the width of a cell. */
export function markOf({ grade }: Value): string {
  return grade === null ? "NA" : String(grade);
}

/** A value in words: what the grade means, or why there is none. */
export function wordsOf({ grade, not_assessable }: Value, instrument: Instrument, place: Place | undefined): string {
  if (grade !== null) return gradesOf(place).find(({ value }) => value === grade)?.label ?? "";
  const reason = instrument.not_assessable_reasons.find(({ code }) => code === not_assessable);
  return reason ? `not assessable: ${reason.label.toLowerCase()}` : "not assessable";
}

export function gapWords(gap: number | null): string {
  if (gap === null) return "one side not assessable";
  return `${gap} ${gap === 1 ? "grade" : "grades"} apart`;
}

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export function clock(iso: string): string {
  return CLOCK.format(new Date(iso));
}

/** Every dispute in the order of the instrument, as the readings went. */
export function inOrder({ instrument, disputes }: Adjudication): Dispute[] {
  const codes = instrument.regions.flatMap((region) => region.items.map(({ code }) => code));
  return [...disputes].sort((one, other) => codes.indexOf(one.item) - codes.indexOf(other.item));
}

export function byRegion(instrument: Instrument, disputes: Dispute[]): { region: InstrumentRegion; disputes: Dispute[] }[] {
  const groups = instrument.regions.map((region) => ({
    region, disputes: disputes.filter((dispute) => region.items.some(({ code }) => code === dispute.item)),
  }));
  return groups.filter((group) => group.disputes.length > 0);
}
