import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { charterQuery } from "@/api/charter";
import { api } from "@/api/client";
import { studyQuery, studyUrl } from "@/api/studies";
import type { Charter, InstrumentLine, Rules } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

export function useCharter(study: StudyCode) {
  return useQuery(charterQuery(study));
}

export function useInstruments() {
  return useQuery({
    queryKey: ["instruments"],
    queryFn: ({ signal }) => api.get<InstrumentLine[]>("/api/instruments", signal),
    staleTime: Infinity,
  });
}

/** What is drafted: the rules, the instrument, and why an amendment is made. */
export interface Draft {
  instrument: string;
  rules: Rules;
  reason: string;
}

export function useWriteDraft(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) => api.put<Charter>(studyUrl(study, "/charter"), draft),
    onSuccess: (charter) => client.setQueryData(charterQuery(study).queryKey, charter),
  });
}

/** Brings the draft into force; the study, its allotment and its overview know it from then on. */
export function useFreeze(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<Charter>(studyUrl(study, "/charter/freeze")),
    onSuccess: (charter) => {
      client.setQueryData(charterQuery(study).queryKey, charter);
      return client.invalidateQueries({ queryKey: studyQuery(study).queryKey });
    },
  });
}

export function useDropAmendment(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete(studyUrl(study, "/charter")),
    onSuccess: () => client.invalidateQueries({ queryKey: charterQuery(study).queryKey }),
  });
}
