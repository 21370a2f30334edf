/** What a failed request means for the work at hand. Pure. */
import { ApiError } from "@/api/errors";
import { messageOf } from "@/lib/message";

/** Why nothing is sent any more until the person does something. */
export interface Halt {
  code: string;
  message: string;
}

export type Trouble = { kind: "passing" } | { kind: "signed out" } | { kind: "elsewhere"; desk: string } | { kind: "signed" } | ({ kind: "halt" } & Halt);

/** The network or the server failed, not the change: trying again may help, so it never ends. */
export function troubleIn(error: unknown): Trouble {
  if (!(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500) return { kind: "passing" };
  if (error.code === "csrf") return { kind: "passing" }; // sent before somebody signed in again; the next try has the new token
  if (error.code === "not_signed_in") return { kind: "signed out" };
  if (error.code === "signed") return { kind: "signed" };
  if (error.code === "open_elsewhere") return { kind: "elsewhere", desk: String(error.extras.desk ?? "") };
  return { kind: "halt", code: error.code, message: messageOf(error) };
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 10_000;

export function delayMs(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
}
