import { ApiError } from "@/api/errors";
import { base64, sha256 } from "./sha256";

/** Files beyond this go in pieces; the server takes pieces of up to twice as much. */
export const PIECE = 8 * 1024 * 1024;
const TRIES = 3;

export interface Piece {
  offset: number;
  length: number;
  body: Blob;
  /** As Content-Digest names it: sha-256=:<base64>: */
  digest: string;
}

/** Gives back how much of the file the server has now. */
export type SendPiece = (piece: Piece, onSent: (bytes: number) => void) => Promise<number>;

export interface Part {
  file: Blob;
  size: number;
  /** How much of it has arrived; kept up to date, so that a broken transfer goes on from there. */
  sent?: number;
}

async function pieceOf(file: Blob, offset: number): Promise<Piece> {
  const body = file.slice(offset, offset + PIECE, "application/octet-stream");
  return { offset, length: file.size, body, digest: `sha-256=:${base64(await sha256(body))}:` };
}

/** Where the server wants to go on, if that is what its refusal says, and it is elsewhere. */
function toldOffset(error: unknown, offset: number): number | null {
  if (!(error instanceof ApiError) || error.code !== "wrong_offset") return null;
  const told = error.extras.offset;
  return typeof told === "number" && told !== offset ? told : null;
}

const isDamaged = (error: unknown) => error instanceof ApiError && error.code === "chunk_damaged";

/**
 * Sends what is left of a file, a piece after the other. A piece damaged on the way is sent again at once, and the
 * server's word on where to go on is followed; anything else is thrown, with `sent` telling how far it went.
 */
export async function sendPieces(part: Part, send: SendPiece, onSent: (bytes: number) => void): Promise<void> {
  let offset = part.sent ?? 0;
  for (let tries = 0; offset < part.size; ) {
    const from = offset;
    onSent(from);
    try {
      offset = await send(await pieceOf(part.file, from), (bytes) => onSent(from + bytes));
      tries = 0;
    } catch (error) {
      const told = toldOffset(error, from);
      tries += 1;
      if ((told === null && !isDamaged(error)) || tries >= TRIES) throw error;
      offset = told ?? from;
    }
    part.sent = offset;
  }
}
