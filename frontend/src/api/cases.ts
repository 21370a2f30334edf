import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CaseCode, StudyCode } from "@/lib/brand";
import type { Mark } from "@/ui/StateMark";
import { api } from "./client";
import { studyUrl } from "./studies";
import type { Case, CaseState, Parameters, SeriesRole } from "./types";

export const casesQuery = (study: StudyCode) =>
  queryOptions({ queryKey: ["study", study, "cases"], queryFn: ({ signal }) => api.get<Case[]>(studyUrl(study, "/cases"), signal) });

export function useCases(study: StudyCode) {
  return useQuery(casesQuery(study));
}

export const checkKey = (study: StudyCode, code: CaseCode) => ["study", study, "check", code];

/** Where the images of a case are looked at, whole and one by one. */
export const checkPath = (study: StudyCode, code: CaseCode): string => `/studies/${study}/cases/${code}/check`;

export const ROLES: SeriesRole[] = ["STIR", "T1", "T1C", "T2", "OTHER"];

export function useCorrectRole(study: StudyCode, code: CaseCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ number, role }: { number: number; role: SeriesRole }) => api.patch<Case>(`/api/cases/${code}/series/${number}`, { role }),
    onSuccess: (changed) => {
      client.setQueryData(casesQuery(study).queryKey, (cases) => cases?.map((one) => (one.code === changed.code ? changed : one)));
      // What is asked of a person follows from the roles.
      return client.invalidateQueries({ queryKey: checkKey(study, code) });
    },
  });
}

/** In the order in which a case goes through them. */
export const CASE_STATES: Record<CaseState, { mark: Mark; label: string }> = {
  incomplete: { mark: "blocked", label: "Incomplete" },
  to_check: { mark: "waiting", label: "To check" },
  ready: { mark: "in progress", label: "Ready to assign" },
  refused: { mark: "refused", label: "Refused" },
  allotted: { mark: "done", label: "Assigned" },
};

type Quantity = Exclude<keyof Parameters, "scanning_sequence">;

const QUANTITIES: [Quantity, string, string][] = [
  ["repetition_time_ms", "TR", " ms"],
  ["echo_time_ms", "TE", " ms"],
  ["inversion_time_ms", "TI", " ms"],
  ["flip_angle_deg", "flip", "°"],
  ["echo_train_length", "ETL", ""],
  ["slice_thickness_mm", "thickness", " mm"],
  ["slice_spacing_mm", "spacing", " mm"],
  ["field_strength_t", "", " T"],
];

/** "TR 4000 ms · TE 60 ms · TI 150 ms": what decided the role, in a radiologist's words. */
export function describe(parameters: Parameters): string {
  return QUANTITIES.flatMap(([name, short, unit]) => {
    const value = parameters[name];
    return typeof value !== "number" ? [] : `${short} ${Number(value.toPrecision(4))}${unit}`.trim();
  }).join(" · ");
}
