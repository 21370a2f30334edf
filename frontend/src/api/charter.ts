import { queryOptions, useQuery } from "@tanstack/react-query";
import type { StudyCode } from "@/lib/brand";
import { api } from "./client";
import { studyUrl } from "./studies";
import type { Charter } from "./types";

export const charterQuery = (study: StudyCode) =>
  queryOptions({ queryKey: ["study", study, "charter"], queryFn: ({ signal }) => api.get<Charter>(studyUrl(study, "/charter"), signal) });

/** How many readers a case has, by the charter in force or the draft; 2 until it is known. */
export function useReadersPerCase(study: StudyCode): number {
  return useQuery({ ...charterQuery(study), select: readersPerCase, staleTime: 60_000 }).data ?? 2;
}

export function readersPerCase({ versions, draft }: Charter): number {
  return (versions[0] ?? draft)?.rules.design === "single" ? 1 : 2;
}
