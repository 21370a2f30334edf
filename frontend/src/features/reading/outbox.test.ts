import { expect, test } from "vitest";
import type { OperationOutcome } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { type Operation, type Value, answerTo, commentOn, idOf } from "./operations";
import { type Outbox, answered, conflictOf, failed, made, openOutbox, rebased, sent, unsent } from "./outbox";

const [C4, C5] = ["VB_C4" as ItemCode, "VB_C5" as ItemCode];
const now = new Date("2026-11-03T14:03:22Z");
const grade = (value: number): Value => ({ grade: value, not_assessable: "" });
const score = (item: ItemCode, operation: string | null, value = 0) => ({
  item, grade: value, not_assessable: "", comment: "", saved_at: "2026-11-03T14:00:00Z", answer_operation: operation, comment_operation: null,
});
const fresh = openOutbox({ scores: [score(C4, "s")], pins: [] });
const say = (outbox: Outbox, item: ItemCode, value: number, key: string) => made(outbox, { thing: answerTo(item), value: grade(value) }, key, now).outbox;
const keys = (operations: Operation[]) => operations.map(({ key }) => key);

function outcome(key: string, name: OperationOutcome["outcome"], current: { value: Value; operation: string | null } | null = null): OperationOutcome {
  return { key, outcome: name, message: name === "refused" ? "This is not an answer." : "", current } as OperationOutcome;
}

const elsewhere = (key: string, value: number, operation = "o") => outcome(key, "superseded", { value: grade(value), operation });

test("each change names the one of the same thing before it", () => {
  const outbox = say(say(say(fresh, C4, 1, "a"), C5, 1, "b"), C4, 2, "c");
  expect(outbox.waiting.map(({ after }) => after)).toEqual(["s", null, "a"]);
});

test("the comment on a site does not follow its answer", () => {
  const { operation } = made(say(fresh, C4, 1, "a"), { thing: commentOn(C4), value: { text: "faint" } }, "b", now);
  expect(operation.after).toBeNull();
});

test("everything that waits goes out at once, in the order in which it was said; what is said meanwhile waits behind it", () => {
  const first = sent(say(say(fresh, C4, 1, "a"), C5, 2, "b"));
  expect(keys(first.batch)).toEqual(["a", "b"]);
  const meanwhile = say(first.outbox, C4, 3, "c");
  expect(sent(meanwhile).batch).toEqual([]);
  expect(keys(answered(meanwhile, [outcome("a", "applied"), outcome("b", "applied")]).outbox.waiting)).toEqual(["c"]);
});

test("without an answer the very same changes go out again, and no more", () => {
  const lost = failed(sent(say(fresh, C4, 1, "a")).outbox);
  const again = sent(say(lost, C4, 2, "b"));
  expect(keys(again.batch)).toEqual(["a"]);
  expect(keys(sent(answered(again.outbox, [outcome("a", "applied")]).outbox).batch)).toEqual(["b"]);
});

test("no request holds more than the server takes", () => {
  const many = Array.from({ length: 250 }, (_, n) => n).reduce((outbox, n) => say(outbox, C4, n % 4, `k${n}`), fresh);
  expect(sent(many).batch).toHaveLength(200);
});

test("what is applied need not be kept any more", () => {
  const { outbox, done } = answered(sent(say(fresh, C4, 1, "a")).outbox, [outcome("a", "applied")]);
  expect([outbox.waiting, done]).toEqual([[], ["a"]]);
});

test("a superseded change becomes a choice between two values, and is kept until it is made", () => {
  const { outbox, done } = answered(sent(say(fresh, C4, 1, "a")).outbox, [elsewhere("a", 3)]);
  expect(outbox.conflicts).toEqual([{ thing: answerTo(C4), mine: grade(1), theirs: grade(3), after: "o", keys: ["a"] }]);
  expect(done).toEqual([]);
});

test("of several superseded changes of a thing only the newest value is asked about", () => {
  const outbox = sent(say(say(fresh, C4, 1, "a"), C4, 2, "b")).outbox;
  const told = answered(outbox, [elsewhere("a", 3), elsewhere("b", 3)]).outbox;
  expect(told.conflicts.map(({ mine, keys: kept }) => [mine, kept])).toEqual([[grade(2), ["a", "b"]]]);
});

test("whoever said the same elsewhere is not asked", () => {
  const { outbox, done } = answered(sent(say(fresh, C4, 3, "a")).outbox, [elsewhere("a", 3)]);
  expect([outbox.conflicts, done]).toEqual([[], ["a"]]);
  expect(say(outbox, C4, 1, "b").waiting.at(-1)?.after).toBe("o");
});

test("whoever says the same in the end is not asked in the meantime either", () => {
  const first = say(sent(say(fresh, C4, 1, "a")).outbox, C4, 3, "b");
  const meanwhile = answered(first, [elsewhere("a", 3)]);
  expect([meanwhile.outbox.conflicts, keys(meanwhile.outbox.waiting), meanwhile.done]).toEqual([[], ["b"], ["a"]]);
  const { outbox, done } = answered(sent(meanwhile.outbox).outbox, [elsewhere("b", 3)]);
  expect([outbox.conflicts, outbox.waiting, done]).toEqual([[], [], ["b"]]);
});

test("the value that is chosen follows the one that stands", () => {
  const { outbox } = answered(sent(say(fresh, C4, 1, "a")).outbox, [elsewhere("a", 3)]);
  const decided = made(outbox, { thing: answerTo(C4), value: grade(1) }, "b", now);
  expect(decided.operation.after).toBe("o");
  expect(decided.over).toEqual(["a"]);
  expect(decided.outbox.conflicts).toEqual([]);
});

test("a choice that was made already in a page that was killed is not asked for again", () => {
  const left = openOutbox({ scores: [score(C4, "b", 1)], pins: [] }, say(say(fresh, C4, 1, "a"), C4, 1, "b").waiting.map((one, n) => ({ ...one, after: ["s", "o"][n] ?? null })));
  const { outbox, done } = answered(sent(left).outbox, [elsewhere("a", 1, "b"), outcome("b", "applied")]);
  expect([outbox.conflicts, outbox.waiting, done.sort()]).toEqual([[], [], ["a", "b"]]);
});

test("what comes too early waits for the change before it", () => {
  const outbox = sent(say(say(fresh, C4, 1, "a"), C4, 2, "b")).outbox;
  const told = answered(outbox, [outcome("b", "early", { value: grade(0), operation: "s" })]).outbox;
  expect(keys(sent(told).batch)).toEqual(["a", "b"]);
});

test("where the change before it is lost, the reader is asked", () => {
  const orphan: Operation = { ...answerTo(C4), key: "b", value: grade(2), after: "lost", made_at: now.toISOString() };
  const outbox = sent(openOutbox({ scores: [score(C4, "s")], pins: [] }, [orphan])).outbox;
  const told = answered(outbox, [outcome("b", "early", { value: grade(0), operation: "s" })]).outbox;
  expect(conflictOf(told, answerTo(C4))).toMatchObject({ mine: grade(2), theirs: grade(0), after: "s" });
});

test("after a refused change what stands is shown again, and the next one follows what it followed itself", () => {
  const { outbox, standing, refusals, done } = answered(sent(say(fresh, C4, 9, "a")).outbox, [outcome("a", "refused", { value: grade(0), operation: "s" })]);
  expect(standing.map(({ value }) => value)).toEqual([grade(0)]);
  expect([refusals, done]).toEqual([["This is not an answer."], ["a"]]);
  expect(say(outbox, C4, 1, "b").waiting.at(-1)?.after).toBe("s");
});

test("a value said after a refused one stays on the screen", () => {
  const outbox = sent(say(fresh, C4, 9, "a")).outbox;
  const told = answered(say(outbox, C4, 1, "b"), [outcome("a", "refused", { value: grade(0), operation: "s" })]);
  expect(told.standing).toEqual([]);
  expect(told.outbox.waiting.map(({ after }) => after)).toEqual(["s"]);
});

test("what an earlier page left goes first, and new changes follow it", () => {
  const left = say(fresh, C4, 1, "a").waiting;
  const outbox = say(openOutbox({ scores: [score(C4, "s")], pins: [] }, left), C4, 2, "b");
  expect(outbox.waiting.map(({ key, after }) => [key, after])).toEqual([["a", "s"], ["b", "a"]]);
  expect(unsent(outbox).map(({ value }) => value)).toEqual([grade(1), grade(2)]);
});

test("read again, the server's changes are followed, but for things that are on their way", () => {
  const { outbox } = rebased(say(fresh, C4, 1, "a"), { scores: [score(C4, "x"), score(C5, "y")], pins: [] });
  expect([outbox.last[idOf(answerTo(C4))], outbox.last[idOf(answerTo(C5))]]).toEqual(["a", "y"]);
});

test("read again, an open choice is between the own value and what stands by now", () => {
  const { outbox } = answered(sent(say(fresh, C4, 1, "a")).outbox, [elsewhere("a", 3)]);
  const again = rebased(outbox, { scores: [score(C4, "x", 2)], pins: [] });
  expect(again.outbox.conflicts).toMatchObject([{ mine: grade(1), theirs: grade(2), after: "x" }]);
  expect([again.outbox.last[idOf(answerTo(C4))], again.over]).toEqual(["x", []]);
});

test("read again, nothing is left to choose where the own value stands by now", () => {
  const { outbox } = answered(sent(say(fresh, C4, 1, "a")).outbox, [elsewhere("a", 3)]);
  const again = rebased(outbox, { scores: [score(C4, "x", 1)], pins: [] });
  expect([again.outbox.conflicts, again.over]).toEqual([[], ["a"]]);
});

test("an answer to something that is not waiting changes nothing", () => {
  expect(answered(fresh, [outcome("unknown", "applied")]).outbox).toEqual(fresh);
});
