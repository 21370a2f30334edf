import type { GivenRole, Machine } from "@/api/types";

/** Roles a study can give, with what each may see and do. */
export const ROLES: { role: GivenRole; label: string; does: string }[] = [
  { role: "reader", label: "Reader", does: "Scores cases under own codes. Sees nothing of the study or of other readers." },
  { role: "adjudicator", label: "Adjudicator", does: "Decides where two readings differ, without names. Never a reader of the same case." },
  { role: "coordinator", label: "Coordinator", does: "Imports, assigns, watches progress. Never sees a grade." },
  { role: "statistician", label: "Statistician", does: "Sees agreement and exports the consensus." },
  { role: "monitor", label: "Monitor", does: "Looks at cases and progress, changes nothing." },
];

/** Into a locked study nobody comes who would read or decide. */
export function rolesToGive(isLocked: boolean): typeof ROLES {
  return isLocked ? ROLES.filter(({ role }) => role !== "reader" && role !== "adjudicator") : ROLES;
}

export function labelOf(role: GivenRole): string {
  return ROLES.find((one) => one.role === role)?.label ?? role;
}

/** What a machine may do, in one phrase. */
export function rightsOf({ may_store, may_fetch }: Pick<Machine, "may_store" | "may_fetch">): string {
  return [may_store && "Sends images", may_fetch && (may_store ? "fetches them" : "Fetches images")].filter(Boolean).join(", ");
}
