import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Allocation, AllocationRun } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

export function useAllocation(study: StudyCode) {
  return useQuery({
    queryKey: ["study", study, "allocation"],
    queryFn: ({ signal }) => api.get<Allocation>(studyUrl(study, "/allocation"), signal),
  });
}

export function useAllot(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<AllocationRun>(studyUrl(study, "/allocation")),
    onSettled: () => client.invalidateQueries({ queryKey: ["study", study] }),
  });
}
