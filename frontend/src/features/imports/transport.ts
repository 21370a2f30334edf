import { csrfHeader } from "@/api/client";
import { errorFrom, unreachable } from "@/api/errors";
import type { HeldFile } from "@/api/types";
import type { UploadCode } from "@/lib/brand";
import type { Numbered } from "./batches";
import { PIECE, type Piece, sendPieces } from "./pieces";

export interface Sendable extends Numbered {
  file: Blob;
  /** How much of a large file has arrived. */
  sent?: number;
}

type OnSent = (bytes: number) => void;

/** Field name and file name are the number alone: the original name never leaves the browser. */
export function formOf(batch: Sendable[]): FormData {
  const form = new FormData();
  for (const { number, file } of batch) form.append(String(number), file.slice(0, file.size, "application/octet-stream"), String(number));
  return form;
}

interface Sent {
  method: "POST" | "PATCH";
  path: string;
  headers?: Record<string, string>;
  body: FormData | Blob;
}

/** One request. XMLHttpRequest, because fetch does not tell how many bytes have left. */
function request({ method, path, headers = {}, body }: Sent, onSent: OnSent, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open(method, path);
    for (const [name, value] of Object.entries({ ...csrfHeader(), ...headers })) asked.setRequestHeader(name, value);
    asked.upload.onprogress = (event) => onSent(event.loaded);
    asked.onload = () => (asked.status < 300 ? resolve(asked.responseText) : reject(errorFrom(asked.status, asked.responseText)));
    asked.onerror = () => reject(unreachable());
    asked.onabort = () => reject(new DOMException("Stopped", "AbortError"));
    signal.addEventListener("abort", () => asked.abort(), { once: true });
    asked.send(body);
  });
}

async function sendPiece(path: string, { offset, length, body, digest }: Piece, onSent: OnSent, signal: AbortSignal): Promise<number> {
  const headers = {
    "Content-Type": "application/octet-stream",
    "Upload-Offset": String(offset),
    "Upload-Length": String(length),
    "Content-Digest": digest,
  };
  const answer = await request({ method: "PATCH", path, headers, body }, onSent, signal);
  return (JSON.parse(answer) as HeldFile).n_bytes;
}

/** Sends a batch: many small files in one request, or a large file piece by piece. */
export async function post(code: UploadCode, batch: Sendable[], onSent: OnSent, signal: AbortSignal): Promise<void> {
  const path = `/api/uploads/${code}/files`;
  const [first] = batch;
  if (first && isLarge(first)) await sendPieces(first, (piece, told) => sendPiece(`${path}/${first.number}`, piece, told, signal), onSent);
  else await request({ method: "POST", path, body: formOf(batch) }, onSent, signal);
}

export function isLarge({ size }: Numbered): boolean {
  return size > PIECE;
}
