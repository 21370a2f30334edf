export interface Numbered {
  number: number;
  size: number;
}

export interface Limits {
  files: number;
  bytes: number;
}

export const LIMITS: Limits = { files: 40, bytes: 32 * 1024 * 1024 };

/**
 * Files into requests: in order, none over the limits; a file larger than a whole batch travels alone.
 */
export function batchesOf<F extends Numbered>(files: F[], limits: Limits = LIMITS): F[][] {
  const batches: F[][] = [];
  let batch: F[] = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length > 0 && (batch.length >= limits.files || bytes + file.size > limits.bytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(file);
    bytes += file.size;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}
