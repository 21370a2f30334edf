import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodePlane, gunzip } from "./plane";

/** What the server does, in a few lines: difference to the left, zigzag, low bytes, high bytes. */
function pack(rows: number[][]): Uint8Array<ArrayBuffer> {
  const zigzag = rows.flatMap((row) =>
    row.map((value, column) => {
      const difference = ((value - (column > 0 ? (row[column - 1] as number) : 0)) << 16) >> 16;
      return ((difference << 1) ^ (difference >> 15)) & 0xffff;
    }),
  );
  return Uint8Array.from([...zigzag.map((z) => z & 0xff), ...zigzag.map((z) => z >>> 8)]);
}

describe("a packed slice", () => {
  it("gives back what was packed", () => {
    const rows = [[0, 1, 65535, 4095], [40000, 0, 32768, 32767]];
    expect([...decodePlane(pack(rows), 2, 4, false)]).toEqual(rows.flat());
  });

  it("gives back negative values of signed pixels", () => {
    const rows = [[-1, -32768, 32767], [0, 5, -5]];
    expect([...decodePlane(pack(rows), 2, 3, true)]).toEqual(rows.flat());
  });

  it("is refused when bytes are missing", () => {
    expect(() => decodePlane(new Uint8Array(7), 2, 2, false)).toThrow("2 x 2");
  });

  it("travels compressed", async () => {
    const packed = pack([[1, 2], [3, 4]]);
    const unpacked = await gunzip(Uint8Array.from(gzipSync(packed)));
    expect([...decodePlane(unpacked, 2, 2, false)]).toEqual([1, 2, 3, 4]);
  });
});
