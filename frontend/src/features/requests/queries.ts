import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Unblinding, UnblindingInput } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

const unblindingsKey = (study: StudyCode) => ["study", study, "unblindings"];

export function useUnblindings(study: StudyCode) {
  return useQuery({ queryKey: unblindingsKey(study), queryFn: ({ signal }) => api.get<Unblinding[]>(studyUrl(study, "/unblindings"), signal) });
}

export function useRecordUnblinding(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (told: UnblindingInput) => api.post<Unblinding>(studyUrl(study, "/unblindings"), told),
    onSuccess: () => client.invalidateQueries({ queryKey: unblindingsKey(study) }),
  });
}
