/** Several questions may be asked of one place, as of oedema, synovitis and erosion of one joint: what the diagram shows of it. Pure. */
import type { Instrument, InstrumentItem } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import type { Spot as SpotOf } from "@/ui/spine/spots";
import { type Answers, answerOf, isBlank, regionOf } from "./draft";
import { lookOf } from "./look";

export type Spot = SpotOf<InstrumentItem>;

export const isAt = ({ items }: Spot, item: ItemCode): boolean => items.some(({ code }) => code === item);

/** Where a click on the spot leads: to its first item, and from one of its items to the next. */
export function nextAt({ items }: Spot, current: ItemCode): ItemCode {
  const at = items.findIndex(({ code }) => code === current);
  return (items[(at + 1) % items.length] as InstrumentItem).code;
}

/**
 * grade   the highest one of the spot; null where none is given
 * look    how it is drawn: as the gravest of its grades; "blank" while an item has no answer and none has a grade above 0;
 *         "none" where nothing could be assessed
 */
export function shownOf(instrument: Instrument, { items }: Spot, answers: Answers): { grade: number | null; look: string } {
  const given = items.map(({ code }) => ({ code, answer: answerOf(answers, code) }));
  const grades = given.flatMap(({ code, answer: { grade } }) => (grade === null ? [] : [{ grade, look: lookAt(instrument, code, grade) }]));
  const isOpen = given.some(({ answer }) => isBlank(answer));
  const highest = Math.max(...grades.map(({ grade }) => grade));
  if (grades.length === 0 || (highest === 0 && isOpen)) return { grade: null, look: isOpen ? "blank" : "none" };
  return { grade: highest, look: grades.map(({ look }) => look).sort().at(-1) as string };
}

function lookAt(instrument: Instrument, item: ItemCode, grade: number): string {
  const region = regionOf(instrument, item);
  return region ? lookOf(region, grade) : String(grade);
}
