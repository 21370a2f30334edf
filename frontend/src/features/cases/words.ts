import type { Case, CaseState, Parameters } from "@/api/types";
import type { Mark } from "@/ui/StateMark";

export const STATES: Record<CaseState, { mark: Mark; label: string }> = {
  incomplete: { mark: "blocked", label: "Incomplete" },
  ready: { mark: "waiting", label: "Ready to assign" },
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

/** Cases of one state whose subject or code holds the text. */
export function matching(cases: Case[], state: CaseState | "all", text: string): Case[] {
  const wanted = text.trim().toLowerCase();
  return cases.filter(
    (one) => (state === "all" || one.state === state) && `${one.subject} ${one.code}`.toLowerCase().includes(wanted),
  );
}
