import type { ConsensusExport } from "@/api/types";
import { count } from "@/lib/format";
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

/** An export says what counted when it was made; where that is another by now, it must not be analysed unknowingly. */
export function madeBefore({ n_superseded }: Pick<ConsensusExport, "n_superseded">): string {
  return `Made before the consensus of ${count(n_superseded, "case")} was superseded`;
}
