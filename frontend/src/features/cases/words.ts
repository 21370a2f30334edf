import type { Case, CaseSeries, CaseState } from "@/api/types";
import type { Mark } from "@/ui/StateMark";

export const STATES: Record<CaseState, { mark: Mark; label: string }> = {
  incomplete: { mark: "blocked", label: "Incomplete" },
  ready: { mark: "waiting", label: "Ready to assign" },
  allotted: { mark: "done", label: "Assigned" },
};

const PARAMETERS: Record<string, { short: string; unit: string }> = {
  repetition_time_ms: { short: "TR", unit: "ms" },
  echo_time_ms: { short: "TE", unit: "ms" },
  inversion_time_ms: { short: "TI", unit: "ms" },
  slice_thickness_mm: { short: "thickness", unit: "mm" },
  slice_spacing_mm: { short: "spacing", unit: "mm" },
  flip_angle_deg: { short: "flip", unit: "°" },
  field_strength_t: { short: "field", unit: "T" },
  echo_train_length: { short: "ETL", unit: "" },
};

function roundly(value: number | string): string {
  return typeof value === "number" ? String(Number(value.toPrecision(4))) : value;
}

/** "TR 4000 ms · TE 60 ms · TI 150 ms": what decided the role, in a radiologist's words. */
export function describe(parameters: CaseSeries["parameters"]): string {
  return Object.entries(PARAMETERS)
    .filter(([name]) => parameters[name] !== null && parameters[name] !== undefined && parameters[name] !== "")
    .map(([name, { short, unit }]) => `${short} ${roundly(parameters[name] as number | string)}${unit && ` ${unit}`}`)
    .join(" · ");
}

/** "STIR sagittal 15, T1 sagittal 15" */
export function outline(series: CaseSeries[]): string {
  return series.map((one) => `${one.role} ${one.plane} ${one.n_slices}`).join(", ");
}

/** Cases of one state whose subject or code holds the text. */
export function matching(cases: Case[], state: CaseState | "all", text: string): Case[] {
  const wanted = text.trim().toLowerCase();
  return cases.filter(
    (one) => (state === "all" || one.state === state) && `${one.subject} ${one.code}`.toLowerCase().includes(wanted),
  );
}
