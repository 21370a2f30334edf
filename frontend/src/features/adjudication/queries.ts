import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Adjudication, DecisionInput, Dispute, OwnAnswerInput, PickInput } from "@/api/types";
import type { AdjudicationCode } from "@/lib/brand";
import type { Second } from "@/ui/SignSheet";

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

/** What the two readings say comes with the answer, where the charter shows it afterwards. */
export function putOwnAnswer(code: AdjudicationCode, item: string, input: OwnAnswerInput): Promise<Dispute> {
  return api.put<Dispute>(`${adjudicationUrl(code)}/disputes/${encodeURIComponent(item)}/own`, input);
}

export function putPick(code: AdjudicationCode, input: PickInput): Promise<Adjudication> {
  return api.put<Adjudication>(`${adjudicationUrl(code)}/pick`, input);
}

/** The adjudication with one dispute as the server now has it. */
export function withDispute(adjudication: Adjudication, dispute: Dispute): Adjudication {
  const disputes = adjudication.disputes.map((one) => (one.item === dispute.item ? dispute : one));
  return { ...adjudication, state: adjudication.state === "waiting" ? "started" : adjudication.state, disputes };
}

interface Passwords {
  password: string;
  second?: Second | undefined;
}

export function useSign({ code, meaning }: Pick<Adjudication, "code" | "meaning">) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ password, second }: Passwords) => {
      const further = second && { second_username: second.username, second_password: second.password };
      return api.post<Adjudication>(`${adjudicationUrl(code)}/sign`, { password, meaning, ...further });
    },
    onSuccess: (signed) => {
      client.setQueryData(adjudicationKey(code), signed);
      return client.invalidateQueries({ queryKey: ["adjudications"] });
    },
    // A password is not kept once it was sent.
    gcTime: 0,
  });
}
