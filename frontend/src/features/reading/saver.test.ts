import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, unreachable } from "@/api/errors";
import type { SavedScore, ScoreValue } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { type Answers, graded } from "./draft";
import { Saver } from "./saver";

const C4 = "VB_C4" as ItemCode;

interface Call {
  item: string;
  value: ScoreValue;
  answer: (savedAt?: string) => void;
  fail: (error: unknown) => void;
}

function open() {
  const calls: Call[] = [];
  const acknowledged: string[] = [];
  const put = (item: string, value: ScoreValue) =>
    new Promise<SavedScore>((resolve, reject) => {
      const answer = (saved_at = "2026-11-03T14:03:22Z") => resolve({ item: item as ItemCode, ...value, saved_at });
      calls.push({ item, value, answer, fail: reject });
    });
  const onAcknowledged = (saved: SavedScore) => void acknowledged.push(saved.item);
  const kept: Answers[] = [];
  const saver = new Saver({ acknowledged: {}, savedAt: null, put, onUnsaved: (answers) => void kept.push(answers), onAcknowledged });
  return { saver, calls, acknowledged, kept, call: (n: number) => calls[n] as Call };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a change goes out at once and is saved when the server says so", async () => {
  const { saver, calls, call, acknowledged } = open();
  saver.want({ [C4]: graded(2) });
  expect(calls).toHaveLength(1);
  expect(saver.snapshot().state).toBe("saving");
  call(0).answer();
  await settle();
  expect(saver.snapshot()).toMatchObject({ state: "saved", nUnsaved: 0, savedAt: "2026-11-03T14:03:22Z" });
  expect(acknowledged).toEqual([C4]);
});

test("changes while a request is in flight become one request with the newest value", async () => {
  const { saver, calls, call } = open();
  for (const grade of [1, 2, 3]) saver.want({ [C4]: graded(grade) });
  expect(calls).toHaveLength(1);
  call(0).answer();
  await settle();
  expect(calls.map(({ value }) => value.grade)).toEqual([1, 3]);
});

test.each([unreachable(), new ApiError(500, "unexpected", ""), new ApiError(503, "unexpected", ""), new SyntaxError("cut off")])(
  "a failure of the network or the server is tried again, for ever and ever more slowly: %s",
  async (error) => {
    const { saver, calls, call } = open();
    saver.want({ [C4]: graded(2) });
    call(0).fail(error);
    await settle();
    expect(saver.snapshot()).toMatchObject({ state: "retrying", nUnsaved: 1 });
    await vi.advanceTimersByTimeAsync(499);
    expect(calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    call(1).fail(error);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls).toHaveLength(3);
    call(2).answer();
    await settle();
    expect(saver.snapshot().state).toBe("saved");
  },
);

test("a lost session halts, keeps the value, and goes on when told to", async () => {
  const { saver, calls, call } = open();
  saver.want({ [C4]: graded(2) });
  call(0).fail(new ApiError(403, "not_signed_in", "Please sign in."));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toHaveLength(1);
  expect(saver.snapshot()).toMatchObject({ state: "halted", halt: { code: "not_signed_in", message: "Please sign in." } });
  saver.want({ [C4]: graded(3) });
  expect(calls).toHaveLength(1);
  saver.resume();
  expect(call(1).value).toEqual(graded(3));
});

test("a value is handed over for keeping before it is sent", () => {
  const { saver, kept } = open();
  saver.want({ [C4]: graded(2) });
  expect(kept).toEqual([{ [C4]: graded(2) }]);
});

test("what waits goes out at once when the connection is back", async () => {
  const { saver, calls, call } = open();
  saver.want({ [C4]: graded(2) });
  call(0).fail(unreachable());
  await settle();
  saver.resume();
  expect(calls).toHaveLength(2);
  call(1).answer();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toHaveLength(2);
});

test("a stopped saver tries no more, but hears the answer it waits for", async () => {
  const { saver, call, calls, acknowledged } = open();
  saver.want({ [C4]: graded(2) });
  saver.stop();
  saver.want({ VB_C5: graded(1) });
  call(0).answer();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(acknowledged).toEqual([C4]);
  expect(calls).toHaveLength(1);
});
