import type { HeldFile } from "@/api/types";
import type { Found } from "./collect";
import { hex, sha256 } from "./sha256";

export interface Matched {
  path: string;
  number: number;
  size: number;
  file: Blob;
  /** How much of it the server has. */
  sent: number;
}

/** Files the server knows, found by how much of them it has and the SHA-256 of that; each is given out once. */
class Known {
  private byContent = new Map<string, number[]>();
  private sizes: Set<number>;

  constructor(held: HeldFile[]) {
    this.sizes = new Set(held.map((one) => one.n_bytes));
    for (const { n_bytes, sha256: digest, number } of held) {
      const key = `${n_bytes} ${digest}`;
      this.byContent.set(key, [...(this.byContent.get(key) ?? []), number]);
    }
  }

  /** The number of the file that begins like this one, of those that hold so many bytes as `holds` allows. */
  async take(file: Blob, holds: (nBytes: number) => boolean): Promise<{ number: number; sent: number } | null> {
    for (const nBytes of this.sizes) {
      if (!holds(nBytes)) continue;
      const number = this.byContent.get(`${nBytes} ${hex(await sha256(file.slice(0, nBytes)))}`)?.shift();
      if (number !== undefined) return { number, sent: nBytes };
    }
    return null;
  }
}

/**
 * The files of a folder dropped again, each under the number under which the server knows it, the others under new ones.
 * A file is known by its content: one that has arrived by its SHA-256, one that came in part by that of as much.
 */
export async function match(found: Found[], held: HeldFile[]): Promise<Matched[]> {
  const whole = new Known(held.filter((one) => one.is_complete));
  const partial = new Known(held.filter((one) => !one.is_complete && one.n_bytes > 0));
  let next = Math.max(-1, ...held.map((one) => one.number)) + 1;
  const matched: Matched[] = [];
  for (const { path, file } of found) {
    const known = (await whole.take(file, (nBytes) => nBytes === file.size)) ?? (await partial.take(file, (nBytes) => nBytes < file.size));
    matched.push({ path, number: known?.number ?? next++, size: file.size, file, sent: known?.sent ?? 0 });
  }
  return matched;
}

/** Whether what was dropped belongs to the upload at all: something has arrived, and none of it is here. */
export function isAnotherFolder(matched: Matched[], held: HeldFile[]): boolean {
  const numbers = new Set(held.map((one) => one.number));
  return held.length > 0 && !matched.some((one) => numbers.has(one.number));
}
