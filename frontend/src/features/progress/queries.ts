import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Progress } from "@/api/types";
import type { CaseCode, StudyCode } from "@/lib/brand";

const LOOK_AGAIN_MS = 5000;

export function useProgress(study: StudyCode) {
  return useQuery({
    queryKey: ["study", study, "progress"],
    queryFn: ({ signal }) => api.get<Progress>(studyUrl(study, "/progress"), signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useReassign(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { case: CaseCode; reader: string; to: string; reason: string }) => api.post(studyUrl(study, "/reassign"), change),
    onSettled: () => client.invalidateQueries({ queryKey: ["study", study] }),
  });
}

/** Asks for a mail; answers the hour (UTC) at which mails leave. */
export function useRemind(study: StudyCode) {
  return useMutation({
    mutationFn: (username: string) => api.post<{ goes_out_at_hour: number }>(studyUrl(study, "/reminders"), { username }),
  });
}

export function useLock(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => api.post(studyUrl(study, "/lock"), { reason }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["study", study] }),
  });
}
