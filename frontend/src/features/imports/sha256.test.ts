import { createHash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { Sha256, base64, hex, sha256 } from "./sha256";

afterEach(() => vi.unstubAllGlobals());

const bytes = (n: number) => Uint8Array.from({ length: n }, (_, k) => (k * 7919) % 251);
const expected = (data: Uint8Array) => createHash("sha256").update(data).digest("hex");

test("the example of the standard", () => {
  expect(hex(new Sha256().update(new TextEncoder().encode("abc")).digest())).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

test("every length around a block", () => {
  for (let n = 0; n < 200; n += 1) expect(hex(new Sha256().update(bytes(n)).digest())).toBe(expected(bytes(n)));
});

test("parts of any size give what the whole gives", () => {
  const whole = bytes(10_000);
  const hash = new Sha256();
  for (let at = 0, n = 1; at < whole.length; at += n, n = (n * 3) % 97 || 1) hash.update(whole.subarray(at, at + n));
  expect(hex(hash.digest())).toBe(expected(whole));
});

test("a page without https hashes the same", async () => {
  const data = bytes(5_000_000);
  const own = hex(await sha256(new Blob([data])));
  vi.stubGlobal("crypto", {});
  expect([own, hex(await sha256(new Blob([data])))]).toEqual([expected(data), expected(data)]);
});

test("base64 as headers carry it", () => {
  expect(base64(new Uint8Array([0, 255, 16]))).toBe("AP8Q");
});
