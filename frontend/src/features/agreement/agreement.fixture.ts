/** What the tests of this room take for granted. */
import type { BehindRow, ItemAgreement, Preference, Statistic, Test } from "@/api/types";

export const statistic = (part: Partial<Statistic> = {}): Statistic => ({
  name: "kappa", estimate: 0.783, low: 0.6149, high: 0.891, method: "linear weights", n: 30, n_excluded: 0, status: "ok", sentence: "", counts: {}, ...part,
});

export const tested = (p: number | null, part: Partial<Test> = {}): Test => ({
  name: "Mann-Whitney", method: "Mann-Whitney test", statistic: 120, df: null, p, n: 40, n_excluded: 0, status: "ok", sentence: "", ...part,
});

export const item = (part: Partial<ItemAgreement>): ItemAgreement => ({
  code: "VB_C4", label: "BME at vertebral body C4", n_pairs: 30, n_excluded: 0, table: [[20, 1], [2, 7]], statistics: {}, marginals: null, caution: "",
  region: "VB", site: "C4", kind: "grade", place: "VB:C4", ...part,
});

export const preference = (part: Partial<Preference> = {}): Preference => ({
  about: "side", toward: "left", away: "right", is_flagged: false, share: statistic({ n: 10, counts: { toward: 8, away: 2 } }), test: tested(0.109), ...part,
});

export const row = (values: (number | null)[], part: Partial<BehindRow> = {}): BehindRow => ({
  case: "k3v9", subject: "RA-017", readers: ["R1", "R2"], values, final: null, is_repeat: false, ...part,
});
