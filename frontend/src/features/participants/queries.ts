import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Covariates } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

const covariatesKey = (study: StudyCode) => ["study", study, "covariates"];

export function useCovariates(study: StudyCode) {
  return useQuery({ queryKey: covariatesKey(study), queryFn: ({ signal }) => api.get<Covariates>(studyUrl(study, "/covariates"), signal) });
}

/** Answers with the table that is in force then, and whether it is another one than was known here before. */
export function useEnterCovariates(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (csv: string) => {
      const before = client.getQueryData<Covariates>(covariatesKey(study));
      const entered = await api.put<Covariates>(studyUrl(study, "/covariates"), { csv });
      return { entered, isNew: entered.version !== before?.version };
    },
    onSuccess: ({ entered }) => client.setQueryData(covariatesKey(study), entered),
  });
}
