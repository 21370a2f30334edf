import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { References } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

const referencesKey = (study: StudyCode) => ["study", study, "references"];

export function useReferences(study: StudyCode) {
  return useQuery({ queryKey: referencesKey(study), queryFn: ({ signal }) => api.get<References>(studyUrl(study, "/references"), signal) });
}

export function useEnterReferences(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (csv: string) => api.put<References>(studyUrl(study, "/references"), { csv }),
    onSuccess: (references) => client.setQueryData(referencesKey(study), references),
  });
}
