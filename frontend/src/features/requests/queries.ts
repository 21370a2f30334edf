import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { ConsensusVersion, Unblinding, UnblindingInput } from "@/api/types";
import type { CaseCode, StudyCode } from "@/lib/brand";

const unblindingsKey = (study: StudyCode) => ["study", study, "unblindings"];

export function useUnblindings(study: StudyCode) {
  return useQuery({ queryKey: unblindingsKey(study), queryFn: ({ signal }) => api.get<Unblinding[]>(studyUrl(study, "/unblindings"), signal) });
}

export function useConsensusHistory(code: CaseCode, isAsked: boolean) {
  return useQuery({
    queryKey: ["case", code, "consensus"],
    queryFn: ({ signal }) => api.get<ConsensusVersion[]>(`/api/cases/${code}/consensus`, signal),
    enabled: isAsked,
    staleTime: 0,
  });
}

export function useRecordUnblinding(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (told: UnblindingInput) => api.post<Unblinding>(studyUrl(study, "/unblindings"), told),
    onSuccess: () => client.invalidateQueries({ queryKey: unblindingsKey(study) }),
  });
}
