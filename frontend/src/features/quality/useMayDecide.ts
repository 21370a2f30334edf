import { useMayDo } from "@/api/studies";
import type { CaseCheck } from "@/api/types";

/** Whether this person may still decide: what has been given to readers stays as it is. */
export function useMayDecide(check: CaseCheck): boolean {
  const mayCheck = useMayDo("check images");
  return mayCheck && check.state !== "allotted";
}
