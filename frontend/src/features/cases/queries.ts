import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { casesQuery } from "@/api/cases";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Case, CaseFacts } from "@/api/types";
import type { CaseCode, StudyCode } from "@/lib/brand";

/** What coordinators and statisticians may know of the exams, by case. */
export function useFacts(study: StudyCode, isAllowed: boolean) {
  return useQuery({
    queryKey: ["study", study, "facts"],
    queryFn: ({ signal }) => api.get<CaseFacts[]>(studyUrl(study, "/facts"), signal),
    select: (facts) => new Map(facts.map((one) => [one.case, one])),
    enabled: isAllowed,
  });
}

export function useRename(study: StudyCode, code: CaseCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (subject: string) => api.patch<Case>(`/api/cases/${code}`, { subject }),
    // Other exams of the same participant take the new pseudonym too.
    onSuccess: () => client.invalidateQueries({ queryKey: casesQuery(study).queryKey }),
  });
}
