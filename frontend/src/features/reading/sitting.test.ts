import { expect, test } from "vitest";
import { ActiveTime, browserOf } from "./sitting";

const SECOND = 1000;

test("time between inputs is work", () => {
  const time = new ActiveTime();
  time.input(0);
  time.input(20 * SECOND);
  expect(time.ms(25 * SECOND)).toBe(25 * SECOND);
});

test("a pause of a minute is not", () => {
  const time = new ActiveTime();
  time.input(0);
  time.input(10 * SECOND);
  expect(time.ms(500 * SECOND)).toBe(10 * SECOND);
  time.input(500 * SECOND);
  expect(time.ms(505 * SECOND)).toBe(15 * SECOND);
});

test("what nobody can see is no work", () => {
  const time = new ActiveTime();
  time.input(0);
  time.leave(5 * SECOND);
  expect(time.ms(30 * SECOND)).toBe(5 * SECOND);
});

test("before the first input nothing counts", () => {
  expect(new ActiveTime().ms(30 * SECOND)).toBe(0);
});

test("of the browser its name and version are kept", () => {
  expect(browserOf("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36")).toBe("Chrome 156");
  expect(browserOf("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0")).toBe("Edge 156");
  expect(browserOf("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0")).toBe("Firefox 150");
  expect(browserOf("curl/8")).toBe("another browser");
});
