import type { AgreementReport, ItemAgreement } from "@/api/types";

type Parts<Key extends keyof AgreementReport> = Pick<AgreementReport, Key>;

/** The name of a region by its code. One with a single site is in no pool of sites: then it goes by its subtotal, or its code. */
export function regionNamer({ regions, subtotals }: Parts<"regions" | "subtotals">): (code: string) => string {
  const labels = new Map([...subtotals, ...regions].map(({ code, label }) => [code, label]));
  return (code) => labels.get(code) ?? code;
}

/** Rows and columns of a table of grades. Of readers drawn per case, who is first means nothing. */
export function axesOf({ design, pairs }: Parts<"design" | "pairs">): [string, string] {
  const [first, second] = pairs[0]?.readers ?? [];
  return design.kind === "crossed" && first && second ? [first, second] : ["Lower grade", "higher grade"];
}

/** How many pairs of grades are equal, all graded sites together: a count of what was seen, without an interval. */
export function pooled(items: Pick<ItemAgreement, "kind" | "table">[]): { equal: number; n: number } {
  const tables = items.filter(({ kind }) => kind === "grade").map(({ table }) => table);
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);
  return {
    equal: sum(tables.map((table) => sum(table.map((row, grade) => row[grade] ?? 0)))),
    n: sum(tables.flat(2)),
  };
}
