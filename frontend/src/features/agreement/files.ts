import { studyUrl } from "@/api/studies";
import type { StudyCode } from "@/lib/brand";

/** What the server writes of a report, to take along. */
export const FILES = [
  { name: "report.html", label: "Report to print", about: "everything on one page" },
  { name: "sites.csv", label: "By site", about: "CSV" },
  { name: "totals.csv", label: "Totals", about: "CSV" },
  { name: "readers.csv", label: "Readers", about: "CSV" },
  { name: "adjudicators.csv", label: "Adjudicators", about: "CSV" },
  { name: "clinical.csv", label: "Patients", about: "CSV" },
  { name: "readings.csv", label: "Readings behind", about: "CSV" },
] as const;

export const fileUrl = (study: StudyCode, name: string): string => studyUrl(study, `/agreement/files/${name}`);
