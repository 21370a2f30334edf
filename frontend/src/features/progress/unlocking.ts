import type { Unlocking } from "@/api/types";
import type { Mark } from "@/ui/StateMark";

export const UNLOCKING_MARKS: Record<Unlocking["state"], { mark: Mark; label: string }> = {
  asked: { mark: "waiting", label: "Waiting for a second person" },
  granted: { mark: "done", label: "Unlocked" },
  declined: { mark: "refused", label: "Declined" },
};

export function waitingOf(asked: Unlocking[]): Unlocking | undefined {
  return asked.find(({ state }) => state === "asked");
}

/** What became of a request, or whom it waits for. */
export function outcomeOf({ state, decided_by, can_decide }: Pick<Unlocking, "state" | "decided_by" | "can_decide">): string {
  if (state === "asked") return can_decide ? "It waits for you, or somebody else who may lock the study" : "It waits for a second person who may lock the study";
  return `${state === "granted" ? "Unlocked" : "Declined"} by ${decided_by}`;
}
