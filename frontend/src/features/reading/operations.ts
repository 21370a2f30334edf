/** What a change is about, what it says, and the chain it stands in. Pure; the server's side is scoring/operations.py. */
import type { Reading, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import type { Place } from "@/viewer";

export type Answers = Readonly<Record<string, ScoreValue>>;

export interface PinMark {
  key: string;
  item: ItemCode;
  place: Place;
}

/** Everything a reading says. */
export interface Said {
  answers: Answers;
  comments: Readonly<Record<string, string>>;
  pins: PinMark[];
}

/** The answer to an item, its comment, or one pin. */
export interface Thing {
  kind: "answer" | "comment" | "pin";
  item: ItemCode;
  pin: string | null;
}

/** By kind: an answer, a comment, a place; null takes a pin out. */
export type Value = ScoreValue | { text: string } | Place | null;

export interface Statement {
  thing: Thing;
  value: Value;
}

/** One change: `after` is the last one of the same thing before it, by its key. A chain needs no clock. */
export interface Operation extends Thing {
  key: string;
  value: Value;
  after: string | null;
  made_at: string;
}

/** Neither a grade nor a reason: nobody has answered yet. Not 0, and not "not assessable". */
export const BLANK: ScoreValue = { grade: null, not_assessable: "" };

export const answerTo = (item: ItemCode): Thing => ({ kind: "answer", item, pin: null });
export const commentOn = (item: ItemCode): Thing => ({ kind: "comment", item, pin: null });
export const pinAt = (item: ItemCode, pin: string): Thing => ({ kind: "pin", item, pin });

export const idOf = ({ kind, item, pin }: Thing): string => `${kind} ${item} ${pin ?? ""}`;
export const isAbout = (one: Thing, other: Thing): boolean => idOf(one) === idOf(other);

/** What is said of a thing. */
export function valueOf({ answers, comments, pins }: Said, { kind, item, pin }: Thing): Value {
  if (kind === "answer") return answers[item] ?? BLANK;
  if (kind === "comment") return { text: comments[item] ?? "" };
  return pins.find(({ key }) => key === pin)?.place ?? null;
}

export function isSaid(said: Said, thing: Thing, value: Value): boolean {
  return isSame(valueOf(said, thing), value);
}

/** Values come from JSON and go into it; fields may stand in any order. */
export function isSame(one: Value, other: Value): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => `${name}:${canonical(one)}`).join()}}`;
}

export function saying(said: Said, { kind, item, pin }: Thing, value: Value): Said {
  if (kind === "answer") return { ...said, answers: { ...said.answers, [item]: value as ScoreValue } };
  if (kind === "comment") return { ...said, comments: { ...said.comments, [item]: (value as { text: string }).text } };
  const key = pin as string;
  if (value === null) return { ...said, pins: said.pins.filter((one) => one.key !== key) };
  const mark: PinMark = { key, item, place: value as Place };
  const isThere = said.pins.some((one) => one.key === key);
  return { ...said, pins: isThere ? said.pins.map((one) => (one.key === key ? mark : one)) : [...said.pins, mark] };
}

export const sayingAll = (said: Said, statements: Statement[]): Said =>
  statements.reduce((before, { thing, value }) => saying(before, thing, value), said);

export function answersFrom(scores: (ScoreValue & { item: string })[]): Answers {
  return Object.fromEntries(scores.map(({ item, grade, not_assessable }) => [item, { grade, not_assessable }]));
}

/** What the server has of a reading. */
export function saidIn({ scores, pins }: Pick<Reading, "scores" | "pins">): Said {
  return {
    answers: answersFrom(scores),
    comments: Object.fromEntries(scores.filter(({ comment }) => comment).map(({ item, comment }) => [item, comment])),
    pins: pins.map(({ key, item, series, slice, point, view }) => ({ key, item, place: { series, slice, point, view } })),
  };
}

/** The last change of each thing that the server has, by the thing's id. */
export function lastIn({ scores, pins }: Pick<Reading, "scores" | "pins">): Record<string, string | null> {
  return Object.fromEntries([
    ...scores.map(({ item, answer_operation }) => [idOf(answerTo(item)), answer_operation]),
    ...scores.map(({ item, comment_operation }) => [idOf(commentOn(item)), comment_operation]),
    ...pins.map(({ key, item, operation }) => [idOf(pinAt(item, key)), operation]),
  ]);
}
