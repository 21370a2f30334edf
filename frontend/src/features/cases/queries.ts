import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Case, SeriesRole } from "@/api/types";
import type { CaseCode, StudyCode } from "@/lib/brand";

const casesKey = (study: StudyCode) => ["study", study, "cases"];

export function useCases(study: StudyCode) {
  return useQuery({ queryKey: casesKey(study), queryFn: ({ signal }) => api.get<Case[]>(studyUrl(study, "/cases"), signal) });
}

export function useRename(study: StudyCode, code: CaseCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (subject: string) => api.patch<Case>(`/api/cases/${code}`, { subject }),
    // Other exams of the same participant take the new pseudonym too.
    onSuccess: () => client.invalidateQueries({ queryKey: casesKey(study) }),
  });
}

export function useCorrectRole(study: StudyCode, code: CaseCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ number, role }: { number: number; role: SeriesRole }) =>
      api.patch<Case>(`/api/cases/${code}/series/${number}`, { role }),
    onSuccess: (changed) =>
      client.setQueryData<Case[]>(casesKey(study), (cases) => cases?.map((one) => (one.code === changed.code ? changed : one))),
  });
}
