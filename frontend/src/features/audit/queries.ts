import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Trail } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { type Filter, queryOf } from "./filter";

const trailKey = (study: StudyCode) => ["study", study, "audit"];

/** Pages of the trail, the newest event first; the next page begins below the last number. */
export function useTrail(study: StudyCode, filter: Filter) {
  return useInfiniteQuery({
    queryKey: [...trailKey(study), filter],
    queryFn: ({ pageParam, signal }) => api.get<Trail>(studyUrl(study, `/audit${queryOf(filter, pageParam)}`), signal),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export interface Review {
  seq: number;
  note: string;
}

export function useReview(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (review: Review) => api.post<undefined>(studyUrl(study, "/audit/reviews"), review),
    onSuccess: () => client.invalidateQueries({ queryKey: trailKey(study) }),
  });
}

export const printUrl = (study: StudyCode, filter: Filter): string => studyUrl(study, `/audit/print${queryOf(filter)}`);
