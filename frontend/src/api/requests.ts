import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ProblemCode, ReopeningCode, StudyCode } from "@/lib/brand";
import { api } from "./client";
import { studyUrl } from "./studies";
import type { Requests } from "./types";

const LOOK_AGAIN_MS = 30_000;

const requestsQuery = (study: StudyCode) =>
  queryOptions({
    queryKey: ["study", study, "requests"],
    queryFn: ({ signal }) => api.get<Requests>(studyUrl(study, "/requests"), signal),
    refetchInterval: LOOK_AGAIN_MS,
  });

export function useRequests(study: StudyCode) {
  return useQuery(requestsQuery(study));
}

/** How many reports and requests wait for somebody; 0 where nobody may see them. */
export function useWaitingRequests(study: StudyCode, maySee: boolean): number {
  return useQuery({ ...requestsQuery(study), enabled: maySee, select: nWaiting }).data ?? 0;
}

export function nWaiting({ problems, reopenings }: Requests): number {
  return problems.filter((one) => one.state === "open").length + reopenings.filter((one) => one.state === "asked").length;
}

/** What is done with them. The lists of the study follow, for a reading that is open again counts as begun. */
export function useSettle(study: StudyCode) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ["study", study] });
  const close = useMutation({
    mutationFn: ({ code, note }: { code: ProblemCode; note: string }) => api.post(`/api/problems/${code}/close`, { note }),
    onSettled,
  });
  const decide = useMutation({
    mutationFn: ({ code, ...decision }: { code: ReopeningCode; grant: boolean; note: string }) => api.post(`/api/reopenings/${code}/decide`, decision),
    onSettled,
  });
  return { close, decide };
}
