import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Progress, Slip, Unlocking } from "@/api/types";
import type { CaseCode, StudyCode, UnlockingCode } from "@/lib/brand";

const LOOK_AGAIN_MS = 5000;

export function useProgress(study: StudyCode) {
  return useQuery({
    queryKey: ["study", study, "progress"],
    queryFn: ({ signal }) => api.get<Progress>(studyUrl(study, "/progress"), signal),
    refetchInterval: LOOK_AGAIN_MS,
  });
}

/** What would fit by case, for who may know; empty while it loads, and for everybody else. */
export function useSlips(study: StudyCode, { mayKnow }: { mayKnow: boolean }): ReadonlyMap<CaseCode, string> {
  const slips = useQuery({
    queryKey: ["study", study, "slips"],
    queryFn: ({ signal }) => api.get<Slip[]>(studyUrl(study, "/slips"), signal),
    enabled: mayKnow,
    refetchInterval: LOOK_AGAIN_MS,
  });
  return new Map((slips.data ?? []).map((one) => [one.case, one.sentence]));
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

export function useUnlockings(study: StudyCode, maySee: boolean) {
  return useQuery({
    queryKey: ["study", study, "unlockings"],
    queryFn: ({ signal }) => api.get<Unlocking[]>(studyUrl(study, "/unlockings"), signal),
    enabled: maySee,
  });
}

export function useAskUnlocking(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => api.post<Unlocking>(studyUrl(study, "/unlockings"), { reason }),
    onSettled: () => client.invalidateQueries({ queryKey: ["study", study, "unlockings"] }),
  });
}

/** Unlocked, everything of the study is another: what may be done, and what the pages say. */
export function useDecideUnlocking(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ code, ...decision }: { code: UnlockingCode; grant: boolean; note: string }) => api.post<Unlocking>(`/api/unlockings/${code}/decide`, decision),
    onSettled: () => client.invalidateQueries({ queryKey: ["study", study] }),
  });
}
