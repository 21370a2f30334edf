import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { CaseTable, ExplainableCases, History } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

export function useExplainableCases(study: StudyCode, search: string, page: number) {
  const asked = new URLSearchParams({ search, page: String(page) });
  return useQuery({
    queryKey: ["study", study, "explain", "cases", search, page],
    queryFn: ({ signal }) => api.get<ExplainableCases>(studyUrl(study, `/explain/cases?${asked}`), signal),
    placeholderData: keepPreviousData,
  });
}

export function useCaseTable(study: StudyCode, code: string) {
  return useQuery({
    queryKey: ["study", study, "explain", code],
    queryFn: ({ signal }) => api.get<CaseTable>(studyUrl(study, `/explain/${encodeURIComponent(code)}`), signal),
  });
}

/** Of what counts, or of what one reading says. */
export function useHistory(study: StudyCode, code: string, what: string, reading: string) {
  const asked = reading ? `?${new URLSearchParams({ reading })}` : "";
  const path = `/explain/${encodeURIComponent(code)}/${encodeURIComponent(what)}${asked}`;
  return useQuery({
    queryKey: ["study", study, "explain", code, what, reading],
    queryFn: ({ signal }) => api.get<History>(studyUrl(study, path), signal),
  });
}
