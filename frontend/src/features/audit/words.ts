import type { Standing, Trail, TrailEvent } from "@/api/types";
import { count } from "@/lib/format";
import type { Mark } from "@/ui/StateMark";

/** A time of the record, in UTC to the second: what the database wrote, whatever the zone of who looks. */
export function utc(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** "score.saved" as people say it: "Score saved". */
export function actionInWords(action: string): string {
  const words = action.replaceAll(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const STANDINGS: Record<Standing, { mark: Mark; label: string }> = {
  stands: { mark: "done", label: "Signature stands" },
  superseded: { mark: "not needed", label: "Superseded: the content was changed after it was signed" },
  altered: { mark: "blocked", label: "What is stored is not what was signed" },
};

/** Where the chain of hashes ends, and how far it was verified. */
export function headInWords({ verified, head }: Trail): string {
  if (head.seq === 0) return "Nothing is recorded yet.";
  return `The chain of this installation ends at event ${head.seq}. ${verifiedInWords(verified, head.seq)}`;
}

function verifiedInWords(verified: number, end: number): string {
  if (verified === 0) return "Not verified: the nightly verification has not run yet, or it failed. ./dens manage verify_audit tells which.";
  if (verified < end) return `Verified up to event ${verified}; ${count(end - verified, "event")} came since.`;
  return "Verified to its end.";
}

export function who({ person, role }: TrailEvent): string {
  return role ? `${person}, ${role}` : person;
}
