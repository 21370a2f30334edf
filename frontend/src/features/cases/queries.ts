import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Case, SeriesRole } from "@/api/types";
import type { CaseCode, StudyCode } from "@/lib/brand";

const casesKey = (study: StudyCode) => ["study", study, "cases"];

export function useCases(study: StudyCode) {
  return useQuery({ queryKey: casesKey(study), queryFn: ({ signal }) => api.get<Case[]>(studyUrl(study, "/cases"), signal) });
}

/** A change of one case, put into the list as the server answered it. */
function useChange<Input>(study: StudyCode, change: (input: Input) => Promise<Case>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (changed) =>
      client.setQueryData<Case[]>(casesKey(study), (cases) => cases?.map((one) => (one.code === changed.code ? changed : one))),
  });
}

export function useRename(study: StudyCode, code: CaseCode) {
  return useChange(study, (subject: string) => api.patch<Case>(`/api/cases/${code}`, { subject }));
}

export function useCorrectRole(study: StudyCode, code: CaseCode) {
  return useChange(study, ({ number, role }: { number: number; role: SeriesRole }) =>
    api.patch<Case>(`/api/cases/${code}/series/${number}`, { role }),
  );
}
