import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, unreachable } from "@/api/errors";
import type { OperationsAnswer, Reading } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { graded } from "./draft";
import { instrument } from "./instrument.fixture";
import { type Operation, type Value, answerTo } from "./operations";
import { type Surroundings, Work, isSaved } from "./work";

const [C4, C5] = ["VB_C4" as ItemCode, "VB_C5" as ItemCode];
const ARRIVED_AT = "2026-11-03T14:03:22Z";
const score = (item: ItemCode, grade: number, operation: string) => ({
  item, grade, not_assessable: "", comment: "", saved_at: "2026-11-03T14:00:00Z", answer_operation: operation, comment_operation: null,
});
const readingWith = (...scores: ReturnType<typeof score>[]) => ({ code: "k3v9", state: "started", instrument, scores, pins: [] }) as unknown as Reading;
const applied = (operations: Operation[]): OperationsAnswer =>
  ({ saved_at: ARRIVED_AT, outcomes: operations.map(({ key }) => ({ key, outcome: "applied", message: "", current: null })) }) as OperationsAnswer;
const superseded = (operations: Operation[], value: Value): OperationsAnswer =>
  ({ saved_at: ARRIVED_AT, outcomes: operations.map(({ key }) => ({ key, outcome: "superseded", message: "", current: { value, operation: "o" } })) }) as OperationsAnswer;
const refusal = (status: number, code: string, extras = {}) => new ApiError(status, code, `${code}.`, {}, extras);
const nobodyThere = { isOpen: () => false, isGone: () => false };

interface Call {
  operations: Operation[];
  answers: (answer?: OperationsAnswer) => Promise<void>;
  fails: (error: unknown) => Promise<void>;
}

const settle = () => vi.advanceTimersByTimeAsync(0);

/** One page at work; every request waits until the test answers it. */
async function sitDown({ reading = readingWith(), leftovers = [] as Operation[], ...changes }: { reading?: Reading; leftovers?: Operation[] } & Partial<Surroundings> = {}) {
  const calls: Call[] = [];
  const rows: Operation[] = [...leftovers];
  const post = (operations: Operation[]) =>
    new Promise<OperationsAnswer>((resolve, reject) => {
      const answers = (answer = applied(operations)) => (resolve(answer), settle().then(() => undefined));
      const fails = (error: unknown) => (reject(error), settle().then(() => undefined));
      calls.push({ operations, answers, fails });
    });
  const shelf = {
    add: vi.fn(async (operation: Operation) => void rows.push(operation)),
    remove: vi.fn(async (keys: string[]) => void rows.splice(0, Infinity, ...rows.filter(({ key }) => !keys.includes(key)))),
    leftovers: async () => leftovers,
    orphans: async () => [] as Operation[],
    others: async () => [],
  };
  const around = { desk: "here", shelf, post, hold: vi.fn(async () => undefined), reload: vi.fn(async () => reading), farewell: vi.fn(), desks: async () => nobodyThere, ...changes };
  const work = new Work(reading, leftovers, around as Surroundings, true);
  const words: string[] = [];
  work.subscribe(() => words.push(isSaved(work.snapshot()) ? "saved" : "not saved"));
  await work.start();
  await settle();
  const gives = async (item: ItemCode, grade: number) => {
    work.act({ type: "answer", item, answer: graded(grade) });
    await settle();
  };
  return { work, calls, call: (n: number) => calls[n] as Call, around, rows, words, gives, state: () => work.snapshot(), shown: (item: ItemCode) => work.snapshot().draft.answers[item] };
}

test("what a page leaves whose end is noticed late is taken over, and counts", async () => {
  const left: Operation = { ...answerTo(C4), key: "late", value: graded(3), after: null, made_at: "2026-11-03T14:03:22Z" };
  const orphans = vi.fn(async (): Promise<Operation[]> => []);
  const shelf = { add: async () => undefined, remove: async () => undefined, leftovers: async () => [], others: async () => [], orphans };
  const { call, calls, shown, work, state } = await sitDown({ shelf });
  orphans.mockResolvedValue([left]);
  work.wake();
  await settle();
  expect(shown(C4)).toEqual(graded(3));
  expect(call(0).operations.map(({ key }) => key)).toEqual(["late"]);
  await call(0).answers();
  work.wake();
  await settle();
  expect(calls).toHaveLength(1);
  expect(isSaved(state())).toBe(true);
});

test("what another page left never covers what was said here, nor decides it, and the screen is looked after once it is answered", async () => {
  const left: Operation = { ...answerTo(C4), key: "late", value: graded(3), after: null, made_at: "2026-11-03T14:03:22Z" };
  const orphans = vi.fn(async (): Promise<Operation[]> => []);
  const shelf = { add: async () => undefined, remove: async () => undefined, leftovers: async () => [], others: async () => [], orphans };
  const { call, gives, shown, state, work, around } = await sitDown({ shelf });
  await gives(C4, 1);
  const [mine] = call(0).operations as [Operation];
  const outcome = { key: mine.key, outcome: "superseded", message: "", current: { value: graded(3), operation: "late" } } as OperationsAnswer["outcomes"][number];
  await call(0).answers({ saved_at: "2026-11-03T14:03:22Z", outcomes: [outcome], feedback: null });
  expect(state().outbox.conflicts).toHaveLength(1);
  orphans.mockResolvedValue([left]);
  work.wake();
  await settle();
  await call(1).answers(); // it had arrived long ago
  expect(state().outbox.conflicts).toHaveLength(1);
  expect(shown(C4)).toEqual(graded(1));
  expect(around.reload).toHaveBeenCalled();
});

test("where this page has spoken itself, the screen stays, and the server says which came first", async () => {
  const left: Operation = { ...answerTo(C4), key: "late", value: graded(3), after: null, made_at: "2026-11-03T14:03:22Z" };
  const orphans = vi.fn(async (): Promise<Operation[]> => []);
  const shelf = { add: async () => undefined, remove: async () => undefined, leftovers: async () => [], others: async () => [], orphans };
  const { call, gives, shown, work } = await sitDown({ shelf });
  await gives(C4, 1);
  await call(0).answers();
  orphans.mockResolvedValue([left]);
  work.wake();
  await settle();
  expect(shown(C4)).toEqual(graded(1));
  expect(call(1).operations.map(({ key }) => key)).toEqual(["late"]);
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a change goes out at once, and is saved when the server says so, by its clock", async () => {
  const { calls, call, gives, state } = await sitDown();
  await gives(C4, 2);
  expect(calls).toHaveLength(1);
  expect(isSaved(state())).toBe(false);
  await call(0).answers();
  expect(isSaved(state())).toBe(true);
  expect(state().savedAt).toBe(ARRIVED_AT);
});

test("a grade is on the shelf before it is on the screen", async () => {
  let written = () => {};
  const add = vi.fn(() => new Promise<void>((resolve) => (written = resolve)));
  const { gives, shown, state, work } = await sitDown({ shelf: { add, remove: async () => undefined, leftovers: async () => [], orphans: async () => [], others: async () => [] } });
  await gives(C4, 2);
  expect([shown(C4), isSaved(state())]).toEqual([undefined, false]);
  expect(work.intended().answers[C4]).toEqual(graded(2));
  written();
  await settle();
  expect(shown(C4)).toEqual(graded(2));
});

test("what is arrived is taken off the shelf", async () => {
  const { call, gives, rows } = await sitDown();
  await gives(C4, 2);
  expect(rows).toHaveLength(1);
  await call(0).answers();
  expect(rows).toEqual([]);
});

test("a browser that keeps nothing still shows and sends, and says so", async () => {
  const add = () => Promise.reject(new DOMException("", "QuotaExceededError"));
  const { call, calls, gives, shown, state } = await sitDown({ shelf: { add, remove: add, leftovers: async () => [], orphans: async () => [], others: async () => [] } });
  await gives(C4, 2);
  expect([shown(C4), state().isKept, calls.length]).toEqual([graded(2), false, 1]);
  await call(0).answers();
  expect(isSaved(state())).toBe(true);
});

test("changes while a request is out go out together behind it, in their order", async () => {
  const { call, calls, gives } = await sitDown();
  for (const [item, grade] of [[C4, 1], [C4, 2], [C5, 3]] as const) await gives(item, grade);
  expect(calls).toHaveLength(1);
  await call(0).answers();
  expect(call(1).operations.map(({ item, value }) => [item, value])).toEqual([[C4, graded(2)], [C5, graded(3)]]);
});

test("undo is a change like any other", async () => {
  const { work, call, gives } = await sitDown();
  await gives(C4, 2);
  await call(0).answers();
  work.act({ type: "undo" });
  await settle();
  expect(call(1).operations.map(({ value, after }) => [value, after])).toEqual([[{ grade: null, not_assessable: "" }, call(0).operations[0]?.key]]);
});

test.each([unreachable(), refusal(500, "unexpected"), refusal(503, "unexpected"), refusal(429, "too_many"), new DOMException("", "TimeoutError"), new SyntaxError("cut off")])(
  "a failure of the network or the server is tried again, unchanged, ever more slowly: %s",
  async (error) => {
    const { call, calls, gives, state } = await sitDown();
    await gives(C4, 2);
    await call(0).fails(error);
    await gives(C5, 1);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(500);
    expect(call(1).operations).toEqual(call(0).operations);
    await call(1).fails(error);
    await vi.advanceTimersByTimeAsync(999);
    expect(calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    await call(2).answers();
    await call(3).answers();
    expect(isSaved(state())).toBe(true);
  },
);

test("what waits goes out at once when the network is back", async () => {
  const { work, call, calls, gives } = await sitDown();
  await gives(C4, 2);
  await call(0).fails(unreachable());
  work.hurry();
  expect(calls).toHaveLength(2);
  await call(1).answers();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(calls).toHaveLength(2);
});

test("a session that has ended keeps everything, and the work goes on after signing in", async () => {
  const { work, call, calls, gives, state } = await sitDown();
  await gives(C4, 2);
  await call(0).fails(refusal(403, "not_signed_in"));
  await gives(C4, 3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([calls.length, state().isSignedOut, isSaved(state())]).toEqual([1, true, false]);
  work.resume();
  await settle();
  expect(call(1).operations).toEqual(call(0).operations);
  await call(1).answers();
  expect(call(2).operations.map(({ value }) => value)).toEqual([graded(3)]);
});

test("another refusal stops the sending until the reader tries again, with the server's sentence", async () => {
  const { work, call, calls, gives, state } = await sitDown();
  await gives(C4, 2);
  await call(0).fails(refusal(403, "not_allowed"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect([calls.length, state().halt]).toEqual([1, { code: "not_allowed", message: "not_allowed." }]);
  work.resume();
  await settle();
  expect([calls.length, state().halt]).toEqual([2, null]);
});

test("what a killed page left is shown, and goes first", async () => {
  const left: Operation = { ...answerTo(C4), key: "left", value: graded(2), after: null, made_at: ARRIVED_AT };
  const { call, gives, rows, shown, state } = await sitDown({ leftovers: [left] });
  expect([shown(C4), isSaved(state())]).toEqual([graded(2), false]);
  expect(call(0).operations).toEqual([left]);
  await gives(C4, 3);
  await call(0).answers();
  expect(call(1).operations[0]?.after).toBe("left");
  expect(rows.map(({ key }) => key)).not.toContain("left");
});

test("the desk is held anew every ten seconds, until the room is left", async () => {
  const { work, around } = await sitDown();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(around.hold).toHaveBeenCalledTimes(4);
  work.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(around.hold).toHaveBeenCalledTimes(4);
});

test("a room that is left before it is known who has the reading holds nothing", async () => {
  let held = () => {};
  const hold = vi.fn(() => new Promise<void>((resolve) => (held = resolve)));
  const work = new Work(readingWith(), [], { desk: "here", hold } as unknown as Surroundings, true);
  const started = work.start();
  work.stop();
  held();
  await started;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(hold).toHaveBeenCalledTimes(1);
});

test("a reading that is open elsewhere can only be looked at, and what was said here is kept", async () => {
  const { work, call, calls, gives, rows, shown, state } = await sitDown();
  await gives(C4, 2);
  await call(0).fails(refusal(409, "open_elsewhere", { desk: "there" }));
  await gives(C5, 1);
  await vi.advanceTimersByTimeAsync(5000);
  expect([state().isElsewhere, shown(C4), shown(C5), calls.length, rows.length]).toEqual([true, graded(2), undefined, 1, 1]);
  expect(work.intended().answers[C5]).toBeUndefined();
});

test("working here instead takes the desk, shows what was said there, and sends what was said here", async () => {
  const hold = vi.fn<(take: boolean) => Promise<unknown>>(async (take) => {
    if (!take) throw refusal(409, "open_elsewhere", { desk: "there" });
  });
  const reload = vi.fn(async () => readingWith(score(C5, 3, "x")));
  const { work, state, shown, gives, call } = await sitDown({ hold, reload });
  expect(state().isElsewhere).toBe(true);
  await work.takeOver();
  expect([state().isElsewhere, shown(C5)]).toEqual([false, graded(3)]);
  await gives(C5, 1);
  expect(call(0).operations[0]?.after).toBe("x");
});

test("what had arrived without an answer and was said anew elsewhere since is shown as it was said there", async () => {
  const reload = vi.fn(async () => readingWith(score(C4, 3, "elsewhere")));
  const { work, call, gives, shown } = await sitDown({ reload });
  await gives(C4, 2);
  await call(0).fails(unreachable()); // it had arrived
  work.hurry();
  await call(1).fails(refusal(409, "open_elsewhere", { desk: "there" }));
  await work.takeOver();
  await settle();
  expect(shown(C4)).toEqual(graded(2)); // it may still be newer than what stands there
  await call(2).answers(); // "applied", long ago
  await settle();
  expect(shown(C4)).toEqual(graded(3));
});

test("what the server had before a change of this page arrived does not take its place on the screen", async () => {
  let there = readingWith(score(C4, 1, "x"));
  const looks: (() => void)[] = [];
  const reload = async () => {
    const seen = there;
    await new Promise<void>((resolve) => looks.push(resolve));
    return seen;
  };
  const hold = vi.fn<(take: boolean) => Promise<unknown>>(async () => undefined);
  const { work, call, gives, shown, state } = await sitDown({ reading: there, hold, reload });
  await gives(C4, 2);
  hold.mockRejectedValueOnce(refusal(409, "open_elsewhere", { desk: "another" }));
  work.wake();
  await settle();
  void work.takeOver();
  await settle();
  there = readingWith(score(C4, 2, call(0).operations[0]?.key as string));
  await call(0).answers();
  looks.forEach((look) => look());
  await settle();
  expect([state().isElsewhere, isSaved(state()), shown(C4)]).toEqual([false, true, graded(2)]);
});

test("a killed page of this browser is followed without a question", async () => {
  const hold = vi.fn<(take: boolean) => Promise<unknown>>(async (take) => {
    if (!take) throw refusal(409, "open_elsewhere", { desk: "killed" });
  });
  const { state } = await sitDown({ hold, desks: async () => ({ isOpen: () => false, isGone: (desk) => desk === "killed" }) });
  expect(state().isElsewhere).toBe(false);
  expect(hold).toHaveBeenLastCalledWith(true);
});

test("what a page of this browser said before it was closed is shown by the page that was open beside it", async () => {
  let isClosed = false;
  const hold = vi.fn<(take: boolean) => Promise<unknown>>(async (take) => {
    if (isClosed && !take) throw refusal(409, "open_elsewhere", { desk: "closed" });
  });
  const desks = async () => ({ isOpen: () => false, isGone: (desk: string) => desk === "closed" });
  const { work, shown, state } = await sitDown({ hold, desks, reload: async () => readingWith(score(C5, 3, "x")) });
  isClosed = true;
  work.wake();
  await settle();
  expect([state().isElsewhere, shown(C5)]).toEqual([false, graded(3)]);
});

test("of two values the reader chooses one: the own one follows the other", async () => {
  const { work, call, gives, rows, state } = await sitDown();
  await gives(C4, 2);
  await call(0).answers(superseded(call(0).operations, graded(3)));
  expect([isSaved(state()), rows.length]).toEqual([false, 1]);
  work.settle(state().outbox.conflicts[0] as never, "mine");
  await settle();
  expect(call(1).operations.map(({ value, after }) => [value, after])).toEqual([[graded(2), "o"]]);
  await call(1).answers();
  expect([isSaved(state()), rows.length]).toEqual([true, 0]);
});

test("of two values the reader chooses one: the other one is said here as well", async () => {
  const { work, call, gives, rows, shown, state } = await sitDown();
  await gives(C4, 2);
  await call(0).answers(superseded(call(0).operations, graded(3)));
  expect(shown(C4)).toEqual(graded(2));
  work.settle(state().outbox.conflicts[0] as never, "theirs");
  await settle();
  expect([shown(C4), isSaved(state())]).toEqual([graded(3), false]);
  expect(call(1).operations.map(({ value, after }) => [value, after])).toEqual([[graded(3), "o"]]);
  await call(1).answers();
  expect([shown(C4), isSaved(state()), rows.length]).toEqual([graded(3), true, 0]);
});

test("who chooses by what is not the last word any more is asked again", async () => {
  const { work, call, gives, state } = await sitDown();
  await gives(C4, 2);
  await call(0).answers(superseded(call(0).operations, graded(3)));
  work.settle(state().outbox.conflicts[0] as never, "theirs");
  await settle();
  await call(1).answers(superseded(call(1).operations, graded(1)));
  expect(state().outbox.conflicts).toMatchObject([{ mine: graded(3), theirs: graded(1) }]);
});

test("a value the server does not take is gone again, with its sentence", async () => {
  const { call, gives, shown, state } = await sitDown({ reading: readingWith(score(C4, 0, "s")) });
  await gives(C4, 2);
  const [operation] = call(0).operations as [Operation];
  const outcome = { key: operation.key, outcome: "refused", message: "There is no such grade.", current: { value: graded(0), operation: "s" } };
  await call(0).answers({ saved_at: ARRIVED_AT, outcomes: [outcome] } as OperationsAnswer);
  expect([shown(C4), state().refusals, isSaved(state())]).toEqual([graded(0), ["There is no such grade."], true]);
});

test("signed elsewhere: what had arrived before is not said to be too late", async () => {
  const { call, gives, state, around, rows } = await sitDown();
  await gives(C4, 2);
  await call(0).fails(unreachable()); // it had arrived, only the answer was lost
  await gives(C5, 1);
  await vi.advanceTimersByTimeAsync(500);
  await call(1).answers();
  await call(2).fails(refusal(409, "signed"));
  expect(call(2).operations.map(({ item }) => item)).toEqual([C5]);
  expect([state().tooLate.map(({ value }) => value), rows.length]).toEqual([[graded(1)], 0]);
  expect(around.reload).toHaveBeenCalled();
});

test("signed elsewhere: of what a killed page left, the server is asked one by one what had arrived", async () => {
  const left = (key: string, item: ItemCode): Operation => ({ ...answerTo(item), key, value: graded(2), after: null, made_at: ARRIVED_AT });
  const { call, state } = await sitDown({ leftovers: [left("a", C4), left("b", C5)] });
  await call(0).fails(refusal(409, "signed"));
  expect(call(1).operations.map(({ key }) => key)).toEqual(["a"]);
  await call(1).answers();
  await call(2).fails(refusal(409, "signed"));
  expect(state().tooLate.map(({ thing }) => thing.item)).toEqual([C5]);
});

test("a page that goes sends what is on its way once more, without waiting for an answer", async () => {
  const { work, around, call, gives } = await sitDown();
  await gives(C4, 2);
  await gives(C5, 1);
  work.leave();
  expect(around.farewell).toHaveBeenCalledWith([...call(0).operations, expect.objectContaining({ item: C5 })]);
});

test("a page that has nothing to say, or not the desk, goes in silence", async () => {
  const { work, around, call, gives } = await sitDown();
  work.leave();
  await gives(C4, 2);
  await call(0).fails(refusal(409, "open_elsewhere", { desk: "there" }));
  work.leave();
  expect(around.farewell).not.toHaveBeenCalled();
});

test("after a long sleep, what others did meanwhile is shown before anything is said", async () => {
  const reload = vi.fn(async () => readingWith(score(C5, 3, "x")));
  const { work, shown } = await sitDown({ reload });
  const now = performance.now(); // the timers slept with the page: only the clock went on
  vi.spyOn(performance, "now").mockImplementation(() => now + 3_600_000);
  work.wake();
  await settle();
  expect(shown(C5)).toEqual(graded(3));
  vi.restoreAllMocks();
});

test("a page that wakes soon after goes on as it was", async () => {
  const { work, around } = await sitDown();
  await vi.advanceTimersByTimeAsync(5000);
  work.wake();
  await settle();
  expect(around.hold).toHaveBeenCalledTimes(2);
  expect(around.reload).not.toHaveBeenCalled();
});

test("signed at the other desk: this page learns it, and what was said here came too late", async () => {
  const hold = vi.fn<() => Promise<unknown>>(async () => undefined);
  const { call, gives, rows, state, around } = await sitDown({ hold });
  await gives(C4, 2);
  await call(0).fails(refusal(409, "open_elsewhere", { desk: "there" }));
  hold.mockRejectedValue(refusal(409, "signed"));
  await vi.advanceTimersByTimeAsync(10_000);
  await call(1).fails(refusal(409, "signed"));
  expect([state().isElsewhere, state().tooLate.length, rows.length]).toEqual([false, 1, 0]);
  expect(around.reload).toHaveBeenCalled();
});

test("signed elsewhere while the network is bad: it is asked again what counts, until it is shown", async () => {
  const reload = vi.fn<() => Promise<Reading>>().mockRejectedValueOnce(unreachable()).mockResolvedValue(readingWith());
  const hold = vi.fn<() => Promise<unknown>>(async () => undefined);
  const { call, gives, state } = await sitDown({ hold, reload });
  await gives(C4, 2);
  await call(0).fails(refusal(409, "signed"));
  hold.mockRejectedValue(refusal(409, "signed"));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(reload).toHaveBeenCalledTimes(2);
  expect(state().tooLate).toHaveLength(1);
});

test("in practice, what the reference says comes with the acknowledgement, and stays while it says nothing new", async () => {
  const told = [{ item: C4, grade: 2, not_assessable: "", first_grade: 1, is_equal: false }];
  const { gives, call, state } = await sitDown({ reading: { ...readingWith(), feedback: [] } as Reading });
  await gives(C4, 1);
  expect(state().feedback).toEqual([]);
  await call(0).answers({ ...applied(call(0).operations), feedback: told });
  expect(state().feedback).toEqual(told);
  await gives(C5, 0);
  await call(1).fails(unreachable());
  expect(state().feedback).toEqual(told);
});

test("a live reading is told nothing of a reference", async () => {
  const { gives, call, state } = await sitDown();
  await gives(C4, 1);
  await call(0).answers({ ...applied(call(0).operations), feedback: null });
  expect(state().feedback).toBeNull();
});
