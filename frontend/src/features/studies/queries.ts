import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studiesQuery } from "@/api/session";
import { studyQuery } from "@/api/studies";
import type { InstrumentLine, StudyDetail } from "@/api/types";

export function useInstruments() {
  return useQuery({
    queryKey: ["instruments"],
    queryFn: ({ signal }) => api.get<InstrumentLine[]>("/api/instruments", signal),
    staleTime: Infinity,
  });
}

export function useOpenStudy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (study: { title: string; instrument: string; is_practice: boolean; keeps_originals: boolean }) => api.post<StudyDetail>("/api/studies", study),
    onSuccess: async (study) => {
      client.setQueryData(studyQuery(study.code).queryKey, study);
      await client.invalidateQueries({ queryKey: studiesQuery.queryKey });
    },
  });
}
