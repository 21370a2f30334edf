/** The draft of one reading: what was said, where the reader is, and the way back. Pure. */
import type { Instrument, InstrumentItem, InstrumentRegion, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { type Answers, BLANK, type Said, type Statement, type Thing, type Value, answerTo, isSaid, saying, valueOf } from "./operations";

export { type Answers, BLANK, answersFrom } from "./operations";

export const graded = (grade: number): ScoreValue => ({ grade, not_assessable: "" });
export const notAssessable = (reason: string): ScoreValue => ({ grade: null, not_assessable: reason });
export const isBlank = (answer: ScoreValue): boolean => answer.grade === null && answer.not_assessable === "";

/** The answer in few characters: "", "2", "artefact". */
export const textOf = (answer: ScoreValue): string => answer.not_assessable || (answer.grade === null ? "" : String(answer.grade));

interface Change {
  thing: Thing;
  before: Value;
  after: Value;
}

export interface Draft extends Said {
  current: ItemCode;
  isAutoAdvancing: boolean;
  done: Change[];
  undone: Change[];
}

export type DraftEvent =
  | { type: "answer"; item: ItemCode; answer: ScoreValue }
  | { type: "say"; thing: Thing; value: Value }
  | { type: "go"; item: ItemCode }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "auto advance"; isOn: boolean }
  /** What the server has took the place of what this page showed. What was done before cannot be undone any more. */
  | { type: "stand"; said: Said };

export const itemsOf = (instrument: Instrument): InstrumentItem[] => instrument.regions.flatMap((region) => region.items);

export function regionOf(instrument: Instrument, item: ItemCode): InstrumentRegion | undefined {
  return instrument.regions.find((region) => region.items.some((one) => one.code === item));
}

export const answerOf = (answers: Answers, item: ItemCode): ScoreValue => answers[item] ?? BLANK;

export function begin(order: ItemCode[], answers: Answers, isAutoAdvancing = true, rest: Omit<Said, "answers"> = { comments: {}, pins: [] }): Draft {
  const current = order.find((item) => isBlank(answerOf(answers, item))) ?? order[0];
  return { answers, ...rest, current: current ?? ("" as ItemCode), isAutoAdvancing, done: [], undone: [] };
}

/** The reducer of one instrument: the order of its items decides what comes next. */
export function draftReducer(order: ItemCode[]) {
  return (draft: Draft, event: DraftEvent): Draft => {
    switch (event.type) {
      case "answer":
        return answer(order, draft, event.item, event.answer);
      case "say":
        return say(draft, event);
      case "go":
        return order.includes(event.item) ? { ...draft, current: event.item } : draft;
      case "undo":
        return undo(draft);
      case "redo":
        return redo(draft);
      case "auto advance":
        return { ...draft, isAutoAdvancing: event.isOn };
      case "stand":
        return { ...draft, ...event.said, done: [], undone: [] };
    }
  };
}

function say(draft: Draft, { thing, value }: Statement): Draft {
  if (isSaid(draft, thing, value)) return draft;
  const change = { thing, before: valueOf(draft, thing), after: value };
  return { ...draft, ...saying(draft, thing, value), done: [...draft.done, change], undone: [] };
}

function answer(order: ItemCode[], draft: Draft, item: ItemCode, after: ScoreValue): Draft {
  // Clearing stays where it is: the next key will be the right answer.
  const current = draft.isAutoAdvancing && !isBlank(after) ? stepFrom(order, item, 1) : item;
  return { ...say(draft, { thing: answerTo(item), value: after }), current };
}

function undo(draft: Draft): Draft {
  const change = draft.done.at(-1);
  if (!change) return draft;
  const { thing, before } = change;
  return { ...draft, ...saying(draft, thing, before), current: thing.item, done: draft.done.slice(0, -1), undone: [...draft.undone, change] };
}

function redo(draft: Draft): Draft {
  const change = draft.undone.at(-1);
  if (!change) return draft;
  const { thing, after } = change;
  return { ...draft, ...saying(draft, thing, after), current: thing.item, done: [...draft.done, change], undone: draft.undone.slice(0, -1) };
}

/** What an event has said, for the server; null where it has only looked. */
export function saidBetween(before: Draft, after: Draft): Statement | null {
  const [done, undone] = [after.done.at(-1), after.undone.at(-1)];
  if (done && after.done.length > before.done.length) return { thing: done.thing, value: done.after };
  if (undone && after.undone.length > before.undone.length) return { thing: undone.thing, value: undone.before };
  return null;
}

/** The site that was answered last in this page. */
export function lastAnswered({ done }: Draft): ItemCode | undefined {
  return done.findLast(({ thing }) => thing.kind === "answer")?.thing.item;
}

/** The neighbour in the instrument's order; at either end, the end itself. */
export function stepFrom(order: ItemCode[], item: ItemCode, by: 1 | -1): ItemCode {
  return order[order.indexOf(item) + by] ?? item;
}

/** The first item of the next region, or of the one before; at either end, the item itself. */
export function regionStepFrom(instrument: Instrument, item: ItemCode, by: 1 | -1): ItemCode {
  const at = instrument.regions.findIndex((region) => region.items.some((one) => one.code === item));
  return instrument.regions[at + by]?.items[0]?.code ?? item;
}

/** The next item without an answer, after the given one and then from the start. */
export function nextBlank(order: ItemCode[], answers: Answers, item: ItemCode): ItemCode | undefined {
  const after = order.indexOf(item) + 1;
  return [...order.slice(after), ...order.slice(0, after)].find((one) => isBlank(answerOf(answers, one)));
}

export function missingItems(instrument: Instrument, answers: Answers): InstrumentItem[] {
  return itemsOf(instrument).filter((item) => isBlank(answerOf(answers, item.code)));
}
