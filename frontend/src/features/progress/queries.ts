import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Progress } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

const LOOK_AGAIN_MS = 5000;

export function useProgress(study: StudyCode) {
  return useQuery({
    queryKey: ["study", study, "progress"],
    queryFn: ({ signal }) => api.get<Progress>(studyUrl(study, "/progress"), signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
}
