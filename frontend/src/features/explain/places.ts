/** Where a value is explained: an address to keep, to send, and to come back to. */
import type { StudyCode } from "@/lib/brand";

export function explainPath(study: StudyCode, code = "", what = "", reading = ""): string {
  const parts = [code, what].filter(Boolean).map(encodeURIComponent);
  const asked = what && reading ? `?${new URLSearchParams({ reading })}` : "";
  return [`/studies/${study}/explain`, ...parts].join("/") + asked;
}

/** A search that names one case leads there, and to the value it names. */
export function targetOf(study: StudyCode, search: string, found: { cases: { code: string }[]; count: number; what: string; reading: string }): string | null {
  const [only] = found.cases;
  if (!search.trim() || found.count !== 1 || !only) return null;
  return explainPath(study, only.code, found.what || (found.reading && "reading"), found.reading);
}
