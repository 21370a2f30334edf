import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Adjudication, DecisionInput, Dispute } from "@/api/types";
import type { AdjudicationCode } from "@/lib/brand";

export const adjudicationUrl = (code: AdjudicationCode) => `/api/adjudications/${encodeURIComponent(code)}`;
export const adjudicationKey = (code: AdjudicationCode) => ["adjudication", code];

export function useAdjudication(code: AdjudicationCode) {
  return useQuery({
    queryKey: adjudicationKey(code),
    queryFn: ({ signal }) => api.get<Adjudication>(adjudicationUrl(code), signal),
    // The room itself keeps the answer up to date; fetched again only when the server says it differs.
    staleTime: Infinity,
    gcTime: 0,
  });
}

export function putDecision(code: AdjudicationCode, item: string, input: DecisionInput): Promise<Dispute> {
  return api.put<Dispute>(`${adjudicationUrl(code)}/disputes/${encodeURIComponent(item)}`, input);
}

/** The adjudication with one dispute as the server now has it. */
export function withDispute(adjudication: Adjudication, dispute: Dispute): Adjudication {
  const disputes = adjudication.disputes.map((one) => (one.item === dispute.item ? dispute : one));
  return { ...adjudication, state: adjudication.state === "waiting" ? "started" : adjudication.state, disputes };
}

export function useSign({ code, meaning }: Pick<Adjudication, "code" | "meaning">) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => api.post<Adjudication>(`${adjudicationUrl(code)}/sign`, { password, meaning }),
    onSuccess: (signed) => {
      client.setQueryData(adjudicationKey(code), signed);
      return client.invalidateQueries({ queryKey: ["adjudications"] });
    },
    // A password is not kept once it was sent.
    gcTime: 0,
  });
}
