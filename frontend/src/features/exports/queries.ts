import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { ConsensusExport } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { isUnderWay } from "./words";

const exportsKey = (study: StudyCode) => ["study", study, "exports"];

export function useExports(study: StudyCode) {
  return useQuery({
    queryKey: exportsKey(study),
    queryFn: ({ signal }) => api.get<ConsensusExport[]>(studyUrl(study, "/exports"), signal),
    refetchInterval: (query) => (query.state.data?.some(isUnderWay) ? 1000 : false),
  });
}

export function useRequestExport(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<ConsensusExport>(studyUrl(study, "/exports")),
    onSuccess: () => client.invalidateQueries({ queryKey: exportsKey(study) }),
  });
}
