import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { AdjudicationList } from "@/api/types";

export function useAdjudications() {
  return useQuery({ queryKey: ["adjudications"], queryFn: ({ signal }) => api.get<AdjudicationList[]>("/api/adjudications", signal) });
}
