import { queryOptions, useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import type { StudyCode } from "@/lib/brand";
import { api } from "./client";
import type { Role, StudyDetail } from "./types";

export function studyUrl(code: StudyCode, part = ""): string {
  return `/api/studies/${code}${part}`;
}

export const studyQuery = (code: StudyCode) =>
  queryOptions({
    queryKey: ["study", code],
    queryFn: ({ signal }) => api.get<StudyDetail>(studyUrl(code), signal),
    staleTime: 60_000,
  });

/** The study in the address bar. */
export function useStudyCode(): StudyCode {
  return useParams().code as StudyCode;
}

export function useStudy() {
  return useQuery(studyQuery(useStudyCode()));
}

export type Act = "watch" | "import" | "see cases" | "correct cases" | "check images" | "see facts" | "enter facts" | "manage the team" | "set the rules" | "lock" | "allot" | "see requests" | "see agreement" | "export" | "see the audit trail";

const ALL: readonly Role[] = ["coordinator", "statistician", "monitor", "administrator"];
const RUNNING: readonly Role[] = ["coordinator", "administrator"];

/** What a page offers to whom. The server decides again on every request; this only spares people refusals. */
const ROLES_FOR: Record<Act, readonly Role[]> = {
  watch: ALL,
  "see cases": ALL,
  import: RUNNING,
  "correct cases": RUNNING,
  "check images": RUNNING,
  "see facts": ["coordinator", "statistician", "administrator"],
  "enter facts": RUNNING,
  "manage the team": RUNNING,
  "set the rules": RUNNING,
  lock: RUNNING,
  allot: RUNNING,
  "see requests": RUNNING,
  "see agreement": ["coordinator", "statistician", "administrator"],
  export: ["statistician", "administrator"],
  "see the audit trail": ["statistician", "monitor", "administrator"],
};

export function mayDo(role: Role | undefined, act: Act): boolean {
  return role !== undefined && ROLES_FOR[act].includes(role);
}

/** Whether reading is over and nothing of the study is written any more; no while it is not known. */
export function useIsLocked(): boolean {
  return useStudy().data?.locked_at != null;
}

/** What nobody does in a locked study: the database refuses it, so no page offers it. */
const OVER_WHEN_LOCKED: readonly Act[] = ["import", "correct cases", "check images", "enter facts"];

export function useMayDo(act: Act): boolean {
  const study = useStudy().data;
  return mayDo(study?.role, act) && !(study?.locked_at && OVER_WHEN_LOCKED.includes(act));
}
