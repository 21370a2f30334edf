import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Reading } from "@/api/types";
import type { ReadingCode } from "@/lib/brand";

export const readingUrl = (code: ReadingCode) => `/api/readings/${code}`;
export const imagesUrl = (code: ReadingCode) => `${readingUrl(code)}/images`;
export const readingKey = (code: ReadingCode) => ["reading", code] as const;
export const fetchReading = (code: ReadingCode, signal?: AbortSignal) => api.get<Reading>(readingUrl(code), signal);

/** Read when the room opens and when it says so: the draft, not a refetch, is the truth while somebody reads. */
const readingQuery = (code: ReadingCode) =>
  queryOptions({
    queryKey: readingKey(code),
    queryFn: ({ signal }) => fetchReading(code, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export function useReading(code: ReadingCode) {
  return useQuery(readingQuery(code));
}
