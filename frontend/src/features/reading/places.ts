/** Several questions may be asked of one place, as of oedema, synovitis and erosion of one joint: what the diagram shows of it. Pure. */
import type { InstrumentItem } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { type Shape, SHAPES } from "./diagram";
import { type Answers, answerOf, isBlank } from "./draft";

export interface Spot {
  shape: Shape;
  /** In the order of the form; never empty. */
  items: InstrumentItem[];
}

/** The shapes that the instrument asks about. The whole is drawn before its parts, or it would cover them. */
export function spotsOf(items: InstrumentItem[]): Spot[] {
  return SHAPES.map((shape) => ({ shape, items: items.filter(({ place }) => place === shape.place) })).filter(({ items }) => items.length > 0);
}

export const isAt = ({ items }: Spot, item: ItemCode): boolean => items.some(({ code }) => code === item);

/** Where a click on the spot leads: to its first item, and from one of its items to the next. */
export function nextAt({ items }: Spot, current: ItemCode): ItemCode {
  const at = items.findIndex(({ code }) => code === current);
  return (items[(at + 1) % items.length] as InstrumentItem).code;
}

/**
 * grade   the highest one of the spot; null where none is given
 * look    how it is drawn: by that grade; "blank" while an item has no answer and none has a grade; "none" where nothing could be assessed
 */
export function shownOf({ items }: Spot, answers: Answers): { grade: number | null; look: string } {
  const given = items.map(({ code }) => answerOf(answers, code));
  const grades = given.flatMap(({ grade }) => (grade === null ? [] : [grade]));
  if (grades.length === 0) return { grade: null, look: given.some(isBlank) ? "blank" : "none" };
  const grade = Math.max(...grades);
  if (grade === 0 && given.some(isBlank)) return { grade: null, look: "blank" };
  return { grade, look: String(items[0]?.kind === "flag" && grade ? 2 : grade) };
}
