import type { Test } from "@/api/types";

/** A p as papers print it: "p = 0.69", "p = 0.034", "p < 0.001". */
export function written(p: number): string {
  if (p < 0.001) return "p < 0.001";
  if (p > 0.99) return "p > 0.99";
  return `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
}

/** The p of a test, or the sentence why there is none. */
export function pOf({ p, status, sentence }: Test): { text: string; isMuted: boolean } {
  if (p === null) return { text: sentence || "Not estimable from these readings.", isMuted: true };
  return { text: written(p), isMuted: status !== "ok" };
}
