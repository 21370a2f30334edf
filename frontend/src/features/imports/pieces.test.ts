import { expect, test } from "vitest";
import { ApiError, unreachable } from "@/api/errors";
import { PIECE, type Piece, sendPieces } from "./pieces";

const file = (size: number) => ({ file: new Blob([new Uint8Array(size)]), size });
const wrong = (offset: number) => new ApiError(409, "wrong_offset", "Go on from there.", {}, { offset });

function server() {
  const offsets: number[] = [];
  const send = async ({ offset, body }: Piece) => {
    offsets.push(offset);
    return offset + body.size;
  };
  return { offsets, send };
}

test("a file goes in pieces, each with its digest", async () => {
  const digests: string[] = [];
  const { offsets, send } = server();
  await sendPieces(file(2 * PIECE + 1), (piece) => (digests.push(piece.digest), send(piece)), () => {});
  expect(offsets).toEqual([0, PIECE, 2 * PIECE]);
  expect(digests[0]).toMatch(/^sha-256=:[A-Za-z0-9+/]{43}=:$/);
});

test("a broken line is gone on with where it broke", async () => {
  const { offsets, send } = server();
  const part: Parameters<typeof sendPieces>[0] = file(2 * PIECE);
  let isBroken = false;
  const fragile = (piece: Piece) => {
    if (piece.offset > 0 && !isBroken) {
      isBroken = true;
      throw unreachable();
    }
    return send(piece);
  };
  await expect(sendPieces(part, async (piece) => fragile(piece), () => {})).rejects.toThrow();
  expect(part.sent).toBe(PIECE);
  await sendPieces(part, async (piece) => fragile(piece), () => {});
  expect(offsets).toEqual([0, PIECE]);
});

test("the server's word on where to go on is followed", async () => {
  const { offsets, send } = server();
  await sendPieces(file(3 * PIECE), async (piece) => {
    if (piece.offset === 0) throw wrong(2 * PIECE);
    return send(piece);
  }, () => {});
  expect(offsets).toEqual([2 * PIECE]);
});

test("a server that contradicts itself is not argued with for ever", async () => {
  let asked = 0;
  const contrary = async ({ offset }: Piece) => {
    asked += 1;
    throw wrong(offset === 0 ? PIECE : 0);
  };
  await expect(sendPieces(file(3 * PIECE), contrary, () => {})).rejects.toThrow();
  expect(asked).toBe(3);
});

test("a damaged piece is sent again", async () => {
  const { offsets, send } = server();
  let isDamaged = true;
  await sendPieces(file(10), async (piece) => {
    if (isDamaged) {
      isDamaged = false;
      throw new ApiError(400, "chunk_damaged", "Send it again.");
    }
    return send(piece);
  }, () => {});
  expect(offsets).toEqual([0]);
});

test("progress counts the bytes of the file", async () => {
  const told: number[] = [];
  await sendPieces(file(PIECE + 5), async (piece, onSent) => (onSent(1), piece.offset + piece.body.size), (bytes) => told.push(bytes));
  expect(told).toEqual([0, 1, PIECE, PIECE + 1]);
});
