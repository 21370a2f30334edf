import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Reading, SavedScore, ScoreValue } from "@/api/types";
import type { ReadingCode } from "@/lib/brand";

const readingUrl = (code: ReadingCode) => `/api/readings/${code}`;
export const imagesUrl = (code: ReadingCode) => `${readingUrl(code)}/images`;

/** Read when the room opens and when it says so: the draft, not a refetch, is the truth while somebody reads. */
const readingQuery = (code: ReadingCode) =>
  queryOptions({
    queryKey: ["reading", code],
    queryFn: ({ signal }) => api.get<Reading>(readingUrl(code), signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export function useReading(code: ReadingCode) {
  return useQuery(readingQuery(code));
}

export function useReload(code: ReadingCode): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: readingQuery(code).queryKey });
}

export function putScore(code: ReadingCode, item: string, value: ScoreValue): Promise<SavedScore> {
  return api.put<SavedScore>(`${readingUrl(code)}/scores/${item}`, value);
}

export function useSign(reading: Reading) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => api.post<Reading>(`${readingUrl(reading.code)}/sign`, { password, meaning: reading.meaning }),
    onSuccess: (signed) => {
      client.setQueryData(readingQuery(reading.code).queryKey, signed);
      return client.invalidateQueries({ queryKey: ["readings"] });
    },
  });
}
