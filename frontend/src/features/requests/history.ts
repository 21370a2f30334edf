import type { ConsensusVersion } from "@/api/types";
import { formatTime } from "@/lib/format";

const METHODS: Record<ConsensusVersion["methods"][number]["method"], string> = {
  agreed: "agreed", averaged: "averaged", self_checked: "agreed on looking again", adjudicated: "adjudicated", median: "by median",
  closest_two: "by the closest two", joint: "decided together", single: "by one reader", unresolved: "unresolved",
};

/** One version of a consensus in a sentence. */
export function lineOf({ compared_at, settled_at, superseded_at, superseded_by, why, methods }: ConsensusVersion): string {
  const how = methods.map(({ method, n }) => `${n} ${METHODS[method]}`).join(", ");
  const state = settled_at ? `settled ${formatTime(settled_at)}` : "not settled";
  const end = superseded_at ? `; superseded ${formatTime(superseded_at)} by a reading opened again (${superseded_by}: ${why})` : "; it counts";
  return `Compared ${formatTime(compared_at)}, ${state}${how && ` (${how})`}${end}`;
}
