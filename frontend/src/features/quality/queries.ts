import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { checkKey } from "@/api/cases";
import { api } from "@/api/client";
import type { CaseCheck } from "@/api/types";
import type { CaseCode, QueryCode, StudyCode } from "@/lib/brand";

export const imagesUrl = (code: CaseCode): string => `/api/cases/${code}/images`;

export function useCheck(study: StudyCode, code: CaseCode) {
  return useQuery({ queryKey: checkKey(study, code), queryFn: ({ signal }) => api.get<CaseCheck>(`/api/cases/${code}/check`, signal) });
}

export interface Verdict {
  decision: "accepted" | "refused";
  reason: string;
  answers: Record<string, true>;
  /** Names what the person was shown: a decision on images that have changed meanwhile is refused. */
  seen: string;
}

/** What a person decides of a case. The study's lists and counts follow. */
export function useDecide(study: StudyCode, code: CaseCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (verdict: Verdict) => api.post(`/api/cases/${code}/check`, verdict),
    onSettled: () => client.invalidateQueries({ queryKey: ["study", study] }),
  });
}

/** The three things that are done with a question to the centre. */
export function useCentreQueries(study: StudyCode, code: CaseCode) {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: ["study", study] });
  const ask = useMutation({ mutationFn: (question: string) => api.post(`/api/cases/${code}/queries`, { question }), onSettled });
  const answer = useMutation({
    mutationFn: ({ query, answer }: { query: QueryCode; answer: string }) => api.patch(`/api/queries/${query}`, { answer }),
    onSettled,
  });
  const close = useMutation({ mutationFn: (query: QueryCode) => api.post(`/api/queries/${query}/close`), onSettled });
  return { ask, answer, close };
}
