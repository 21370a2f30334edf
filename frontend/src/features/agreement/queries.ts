import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { AgreementReport, Behind } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

const LOOK_AGAIN_MS = 15_000;
const LOOK_SOON_MS = 3_000; // while it is being computed

export function useAgreement(study: StudyCode) {
  return useQuery({
    queryKey: ["study", study, "agreement"],
    queryFn: ({ signal }) => api.get<AgreementReport>(studyUrl(study, "/agreement"), signal),
    refetchInterval: ({ state }) => (state.data?.state === "ready" && !state.data.is_current ? LOOK_SOON_MS : LOOK_AGAIN_MS),
  });
}

/** The readings behind a number of a report: other inputs are other readings. */
export function useBehind(study: StudyCode, what: string, inputs: string) {
  return useQuery({
    queryKey: ["study", study, "agreement", "readings", what, inputs],
    queryFn: ({ signal }) => api.get<Behind>(studyUrl(study, `/agreement/readings/${encodeURIComponent(what)}`), signal),
  });
}
