import { expect, test } from "vitest";
import { ActiveTime, browserOf } from "./sitting";

const SECOND = 1000;

test("time between inputs is work", () => {
  const time = new ActiveTime();
  time.input(0);
  time.input(20 * SECOND);
  time.input(25 * SECOND);
  expect(time.ms).toBe(25 * SECOND);
});

test("a pause of a minute is not", () => {
  const time = new ActiveTime();
  time.input(0);
  time.input(10 * SECOND);
  time.input(500 * SECOND);
  time.input(505 * SECOND);
  expect(time.ms).toBe(15 * SECOND);
});

test("what nobody can see is no work", () => {
  const time = new ActiveTime();
  time.input(0);
  time.leave(5 * SECOND);
  time.input(30 * SECOND);
  expect(time.ms).toBe(5 * SECOND);
});

test("what was counted once is never taken back: the server keeps the larger count", () => {
  const time = new ActiveTime();
  time.input(0);
  time.input(10 * SECOND);
  const before = time.ms;
  time.input(300 * SECOND);
  expect(time.ms).toBe(before);
});

test("of the browser its name and version are kept", () => {
  expect(browserOf("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36")).toBe("Chrome 156");
  expect(browserOf("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0")).toBe("Edge 156");
  expect(browserOf("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0")).toBe("Firefox 150");
  expect(browserOf("curl/8")).toBe("another browser");
});
