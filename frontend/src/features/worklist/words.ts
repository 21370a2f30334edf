import type { AdjudicationState, ReadingState } from "@/api/types";
import type { Mark } from "@/ui/StateMark";

export interface Line {
  code: string;
  position: number;
  state: ReadingState | AdjudicationState;
  n_disputes?: number;
  n_decided?: number;
  is_second_look?: boolean;
}

export interface Kind {
  heading: string;
  noun: string;
  path: string;
  hasDisputes: boolean;
}

export const READINGS: Kind = { heading: "My readings", noun: "case", path: "/read", hasDisputes: false };
export const ADJUDICATIONS: Kind = { heading: "Adjudications", noun: "case", path: "/adjudicate", hasDisputes: true };

export const STATES: Record<Line["state"], { mark: Mark; label: string }> = {
  assigned: { mark: "not started", label: "Not started" },
  waiting: { mark: "not started", label: "Not started" },
  started: { mark: "in progress", label: "Started" },
  signed: { mark: "done", label: "Signed" },
};
