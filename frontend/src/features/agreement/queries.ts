import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { AgreementReport } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

export function useAgreement(study: StudyCode) {
  return useQuery({
    queryKey: ["study", study, "agreement"],
    queryFn: ({ signal }) => api.get<AgreementReport>(studyUrl(study, "/agreement"), signal),
    refetchInterval: 15_000,
  });
}
