import { expect, test } from "vitest";
import { createSaver } from "./saver";

/** A server that answers when it is told to. */
function slowServer() {
  const arrived: number[] = [];
  const answers: { resolve: () => void; reject: () => void }[] = [];
  const send = (value: number) => {
    arrived.push(value);
    return new Promise<void>((resolve, reject) => { answers.push({ resolve, reject: () => reject(new Error("away")) }); });
  };
  return { arrived, answers, send };
}

test("one request at a time, and only the latest value after it", async () => {
  const { arrived, answers, send } = slowServer();
  const saver = createSaver(send);
  saver.put(1);
  const done = saver.flush();
  saver.put(2);
  saver.put(3);
  void saver.flush();
  expect(arrived).toEqual([1]);
  answers[0]?.resolve();
  await Promise.resolve().then(() => undefined);
  await new Promise((later) => setTimeout(later));
  expect(arrived).toEqual([1, 3]);
  answers[1]?.resolve();
  await done;
  expect(saver.waiting()).toBeUndefined();
});

test("what is refused waits for the next try", async () => {
  const { arrived, answers, send } = slowServer();
  const saver = createSaver(send);
  saver.put(7);
  const first = saver.flush();
  answers[0]?.reject();
  await expect(first).rejects.toThrow("away");
  expect(saver.waiting()).toBe(7);
  const second = saver.flush();
  answers[1]?.resolve();
  await second;
  expect(arrived).toEqual([7, 7]);
});

test("nothing to say, nothing sent", async () => {
  const { arrived, send } = slowServer();
  await createSaver(send).flush();
  expect(arrived).toEqual([]);
});
