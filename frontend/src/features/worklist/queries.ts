import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { AdjudicationList, WorklistStudy } from "@/api/types";

export function useReadings() {
  return useQuery({ queryKey: ["readings"], queryFn: ({ signal }) => api.get<WorklistStudy[]>("/api/readings", signal) });
}

export function useAdjudications() {
  return useQuery({ queryKey: ["adjudications"], queryFn: ({ signal }) => api.get<AdjudicationList[]>("/api/adjudications", signal) });
}
