import type { HeldFile } from "@/api/types";
import type { Sendable } from "./transport";

/** What the server lacks of these files: none that it has whole, and of others the part that is missing. */
export function withoutHeld<F extends Sendable>(files: F[], held: HeldFile[]): F[] {
  const known = new Map(held.map((one) => [one.number, one]));
  const isHere = (file: F) => {
    const one = known.get(file.number);
    return one !== undefined && one.is_complete && one.n_bytes === file.size;
  };
  return files.filter((file) => !isHere(file)).map((file) => ({ ...file, sent: known.get(file.number)?.n_bytes ?? 0 }));
}
