import type { ConsensusExport } from "@/api/types";
import { count } from "@/lib/format";
import type { Mark } from "@/ui/StateMark";

export const STATES: Record<ConsensusExport["state"], { mark: Mark; label: string }> = {
  queued: { mark: "waiting", label: "Waiting" },
  building: { mark: "in progress", label: "Being built" },
  ready: { mark: "done", label: "Ready" },
  failed: { mark: "blocked", label: "Failed" },
};

export function isUnderWay(one: ConsensusExport): boolean {
  return one.state === "queued" || one.state === "building";
}

/** What is said of an export: how many cases are written while it is being built. */
export function progressOf(one: ConsensusExport): string {
  if (one.state !== "building" || one.n_cases === 0) return STATES[one.state].label;
  return `Being built: ${one.n_done} of ${one.n_cases} cases`;
}

export const CONTENTS: { names: string[]; what: string }[] = [
  { names: ["wide.csv", "long.csv"], what: "one row a case; one row an item of each reading and of the consensus" },
  { names: ["consensus.csv", "totals.csv"], what: "what counts and how it came about, with both readers' values; the sums" },
  { names: ["readings.csv", "looks.csv", "pins.csv"], what: "every signed reading, its comments and its places in the images" },
  { names: ["disputes.csv", "self_checks.csv", "superseded.csv"], what: "what was decided, asked again and replaced" },
  { names: ["sittings.csv", "problems.csv"], what: "how each reading was done, and what was reported of the images" },
  { names: ["facts.csv", "covariates.csv", "codebook.csv"], what: "what is known of exams and participants; what every column and code means" },
  { names: ["wide.sav", "wide.dta", "wide.parquet", "long.parquet"], what: "for SPSS and Stata with labels and user-missing codes; typed tables" },
  { names: ["load.R"], what: "loads every table into R" },
  { names: ["sdtm/", "adam/", "redcap/"], what: "laid out after SDTM MK and ADaM, not validated; a REDCap dictionary with its data" },
  { names: ["dicom/"], what: "each reading as a structured report, and the images its pins lie on" },
  { names: ["agreement/"], what: "the reliability report, once the charter discloses it" },
  { names: ["charter/", "allocation/", "audit_digest.json"], what: "the rules, the allotments and what rebuilds them, the hash of the audit trail" },
  { names: ["manifest.json", "SHA256SUMS"], what: "counts, versions and the checksum of every file" },
];
/** An export says what counted when it was made; where that is another by now, it must not be analysed unknowingly. */
export function madeBefore({ n_superseded }: Pick<ConsensusExport, "n_superseded">): string {
  return `Made before the consensus of ${count(n_superseded, "case")} was superseded`;
}
