/** The draft of one reading: what was answered, where the reader is, and the way back. Pure. */
import type { Instrument, InstrumentItem, InstrumentRegion, Score, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";

export type Answers = Readonly<Record<string, ScoreValue>>;

/** Neither a grade nor a reason: nobody has answered yet. Not 0, and not "not assessable". */
export const BLANK: ScoreValue = { grade: null, not_assessable: "" };
export const graded = (grade: number): ScoreValue => ({ grade, not_assessable: "" });
export const notAssessable = (reason: string): ScoreValue => ({ grade: null, not_assessable: reason });
export const isBlank = (answer: ScoreValue): boolean => answer.grade === null && answer.not_assessable === "";
export const isSame = (one: ScoreValue, other: ScoreValue): boolean =>
  one.grade === other.grade && one.not_assessable === other.not_assessable;

/** The answer in few characters: "", "2", "artefact". */
export const textOf = (answer: ScoreValue): string => answer.not_assessable || (answer.grade === null ? "" : String(answer.grade));

interface Change {
  item: ItemCode;
  before: ScoreValue;
  after: ScoreValue;
}

export interface Draft {
  answers: Answers;
  current: ItemCode;
  isAutoAdvancing: boolean;
  done: Change[];
  undone: Change[];
}

export type DraftEvent =
  | { type: "answer"; item: ItemCode; answer: ScoreValue }
  | { type: "go"; item: ItemCode }
  | { type: "undo" }
  | { type: "redo" }
  | { type: "auto advance"; isOn: boolean };

export const itemsOf = (instrument: Instrument): InstrumentItem[] => instrument.regions.flatMap((region) => region.items);

export function regionOf(instrument: Instrument, item: ItemCode): InstrumentRegion | undefined {
  return instrument.regions.find((region) => region.items.some((one) => one.code === item));
}

export const answerOf = (answers: Answers, item: ItemCode): ScoreValue => answers[item] ?? BLANK;

export function answersFrom(scores: Score[]): Answers {
  return Object.fromEntries(scores.map(({ item, grade, not_assessable }) => [item, { grade, not_assessable }]));
}

export function begin(order: ItemCode[], answers: Answers, isAutoAdvancing = true): Draft {
  const current = order.find((item) => isBlank(answerOf(answers, item))) ?? order[0];
  return { answers, current: current ?? ("" as ItemCode), isAutoAdvancing, done: [], undone: [] };
}

/** The reducer of one instrument: the order of its items decides what comes next. */
export function draftReducer(order: ItemCode[]) {
  return (draft: Draft, event: DraftEvent): Draft => {
    if (event.type === "answer") return answer(order, draft, event.item, event.answer);
    if (event.type === "go") return order.includes(event.item) ? { ...draft, current: event.item } : draft;
    if (event.type === "auto advance") return { ...draft, isAutoAdvancing: event.isOn };
    return event.type === "undo" ? undo(draft) : redo(draft);
  };
}

function answer(order: ItemCode[], draft: Draft, item: ItemCode, after: ScoreValue): Draft {
  const before = answerOf(draft.answers, item);
  // Clearing stays where it is: the next key will be the right answer.
  const current = draft.isAutoAdvancing && !isBlank(after) ? stepFrom(order, item, 1) : item;
  if (isSame(before, after)) return { ...draft, current };
  const change = { item, before, after };
  return { ...draft, answers: { ...draft.answers, [item]: after }, current, done: [...draft.done, change], undone: [] };
}

function undo(draft: Draft): Draft {
  const change = draft.done.at(-1);
  if (!change) return draft;
  const { item, before } = change;
  return { ...draft, answers: { ...draft.answers, [item]: before }, current: item, done: draft.done.slice(0, -1), undone: [...draft.undone, change] };
}

function redo(draft: Draft): Draft {
  const change = draft.undone.at(-1);
  if (!change) return draft;
  const { item, after } = change;
  return { ...draft, answers: { ...draft.answers, [item]: after }, current: item, done: [...draft.done, change], undone: draft.undone.slice(0, -1) };
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
