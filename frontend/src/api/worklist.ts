import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { StudyCode } from "@/lib/brand";
import { api } from "./client";
import type { PracticeStanding, WorklistStudy } from "./types";

const READINGS = ["readings"];

/** A reader's own list. */
export function useReadings() {
  return useQuery({ queryKey: READINGS, queryFn: ({ signal }) => api.get<WorklistStudy[]>("/api/readings", signal) });
}

/** A round of practice for a study: its cases come into the list. */
export function useBeginPractice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (study: StudyCode) => api.post<PracticeStanding>(`/api/practice/${study}`),
    onSettled: () => client.invalidateQueries({ queryKey: READINGS }),
  });
}
