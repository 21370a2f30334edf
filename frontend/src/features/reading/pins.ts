/** Pins as evidence: which belong to a site, which comes next, and where one is asked for and missing. Pure. */
import type { Instrument, InstrumentItem } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { type Answers, answerOf, itemsOf } from "./draft";
import type { PinMark } from "./useDraft";

export const pinsOf = (pins: PinMark[], item: ItemCode): PinMark[] => pins.filter((pin) => pin.item === item);

/** The pin to go to: the first one, or the one after where one stands; after the last the first again. */
export function pinAfter(pins: PinMark[], item: ItemCode, standing: string | null): PinMark | undefined {
  const own = pinsOf(pins, item);
  return own[(own.findIndex(({ key }) => key === standing) + 1) % own.length];
}

/** Graded above 0 with nothing to show for it, in the order of the form; a flag is no grade. */
export function itemsWithoutPin(instrument: Instrument, answers: Answers, pins: PinMark[]): InstrumentItem[] {
  const pinned = new Set(pins.map(({ item }) => item));
  return itemsOf(instrument).filter(({ code, kind }) => kind === "grade" && (answerOf(answers, code).grade ?? 0) > 0 && !pinned.has(code));
}

/** The next one of the named items after the given one, and then from the start. */
export function nextOf(order: ItemCode[], wanted: ReadonlySet<ItemCode>, item: ItemCode): ItemCode {
  const after = order.indexOf(item) + 1;
  return [...order.slice(after), ...order.slice(0, after)].find((one) => wanted.has(one)) ?? item;
}
