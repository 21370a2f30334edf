/**
 * SHA-256 (FIPS 180-4) of data that comes in parts: a file of gigabytes is hashed without being held in memory, and
 * browsers that keep their own (crypto.subtle) from pages without https have this one.
 */
const K = new Uint32Array(64);
const START = new Uint32Array(8);

/** The first 32 bits behind the point of a prime's square or cube root: the constants of the standard. */
function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

for (let n = 2, found = 0; found < 64; n += 1) {
  let isPrime = true;
  for (let divisor = 2; divisor * divisor <= n; divisor += 1) if (n % divisor === 0) isPrime = false;
  if (!isPrime) continue;
  if (found < 8) START[found] = fraction(Math.sqrt(n));
  K[found] = fraction(Math.cbrt(n));
  found += 1;
}

export class Sha256 {
  private state = START.slice();
  private words = new Uint32Array(64);
  private block = new Uint8Array(64);
  private nBytes = 0;

  update(bytes: Uint8Array): this {
    let filled = this.nBytes % 64;
    this.nBytes += bytes.length;
    let at = 0;
    while (at < bytes.length) {
      const n = Math.min(64 - filled, bytes.length - at);
      this.block.set(bytes.subarray(at, at + n), filled);
      at += n;
      filled += n;
      if (filled < 64) break;
      this.compress();
      filled = 0;
    }
    return this;
  }

  digest(): Uint8Array<ArrayBuffer> {
    const nBits = BigInt(this.nBytes) * 8n;
    const padding = new Uint8Array(((119 - (this.nBytes % 64)) % 64) + 9);
    padding[0] = 0x80;
    new DataView(padding.buffer).setBigUint64(padding.length - 8, nBits);
    this.update(padding);
    const out = new DataView(new ArrayBuffer(32));
    this.state.forEach((word, n) => out.setUint32(4 * n, word));
    return new Uint8Array(out.buffer);
  }

  private compress(): void {
    const { words: w, block, state } = this;
    for (let n = 0; n < 16; n += 1) {
      w[n] = (block[4 * n]! << 24) | (block[4 * n + 1]! << 16) | (block[4 * n + 2]! << 8) | block[4 * n + 3]!;
    }
    for (let n = 16; n < 64; n += 1) {
      const x = w[n - 15]!;
      const y = w[n - 2]!;
      w[n] = w[n - 16]! + w[n - 7]! + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
    for (let n = 0; n < 64; n += 1) {
      const s = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[n]! + w[n]!) | 0;
      const t = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + s) | 0;
      d = c;
      c = b;
      b = a;
      a = (s + t) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, n) => (state[n] = state[n]! + value));
  }
}

function turn(x: number, n: number): number {
  return (x >>> n) | (x << (32 - n));
}

const SLICE = 4 * 1024 * 1024;
const AT_ONCE = 32 * 1024 * 1024;

/** The SHA-256 of a file; of a large one a slice at a time. */
export async function sha256(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (blob.size <= AT_ONCE && globalThis.crypto?.subtle) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  }
  const hash = new Sha256();
  for (let at = 0; at < blob.size; at += SLICE) hash.update(new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer()));
  return hash.digest();
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
