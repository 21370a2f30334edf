import type { ConsensusExport } from "@/api/types";
import type { Mark } from "@/ui/StateMark";

export const STATES: Record<ConsensusExport["state"], { mark: Mark; label: string }> = {
  queued: { mark: "waiting", label: "Waiting" },
  building: { mark: "in progress", label: "Being built" },
  ready: { mark: "done", label: "Ready" },
  failed: { mark: "blocked", label: "Failed" },
};

export function isUnderWay(one: ConsensusExport): boolean {
  return one.state === "queued" || one.state === "building";
}
