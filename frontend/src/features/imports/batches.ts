import { PIECE } from "./pieces";

export interface Numbered {
  number: number;
  size: number;
}

export interface Limits {
  files: number;
  bytes: number;
  /** A file larger than this goes in pieces. */
  alone: number;
}

export const LIMITS: Limits = { files: 40, bytes: 32 * 1024 * 1024, alone: PIECE };

/**
 * Files into requests: in order, none over the limits; a file that goes in pieces travels alone.
 */
export function batchesOf<F extends Numbered>(files: F[], limits: Limits = LIMITS): F[][] {
  const batches: F[][] = [];
  let batch: F[] = [];
  let bytes = 0;
  for (const file of files) {
    const isAlone = file.size > limits.alone || (batch[0]?.size ?? 0) > limits.alone;
    if (batch.length > 0 && (isAlone || batch.length >= limits.files || bytes + file.size > limits.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.size;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}
