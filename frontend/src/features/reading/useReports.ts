import { useCallback, useEffect, useReducer, useRef } from "react";
import { ApiError } from "@/api/errors";
import type { ProblemKind } from "@/api/types";
import type { ReadingCode } from "@/lib/brand";
import { IDLE, type Report, reportingReducer, type Where } from "./problems";
import { useSendReport } from "./conduct";

/** Long enough to see a slip, short enough that a report is a report. */
const HELD_MS = 8000;

/** Reporting a problem with the images: two keys make it, some seconds or one more key send it, and it goes until it has arrived. */
export function useReports(code: ReadingCode, hint: (sentence: string) => void) {
  const [reporting, dispatch] = useReducer(reportingReducer, IDLE);
  const sending = useSendReport(code);
  const send = useCallback((report: Report, text = "") => {
    dispatch({ type: "end" });
    sending.mutate({ ...report, text: text.trim() });
  }, [sending.mutate]);
  const held = reporting.stage === "held" ? reporting.report : null;
  useEffect(() => {
    if (!held) return;
    const timer = setTimeout(() => send(held), HELD_MS);
    return () => clearTimeout(timer);
  }, [held, send]);
  useSentOnLeaving(held, send);
  useEffect(() => {
    if (sending.isSuccess) hint("Reported. Thank you.");
  }, [sending.isSuccess, hint]);
  const takeBack = () => {
    if (reporting.stage !== "choosing") hint("Taken back: nothing was reported");
    dispatch({ type: "end" });
  };
  return {
    reporting,
    heldMs: HELD_MS,
    /** Why the last report has not arrived: "" while all is well. */
    trouble: troubleOf(sending.error ?? sending.failureReason),
    begin: (where: Where | null) => dispatch({ type: "begin", where }),
    choose: (kind: ProblemKind) => dispatch({ type: "choose", kind, key: crypto.randomUUID() }),
    write: () => dispatch({ type: "write" }),
    takeBack,
    send,
  };
}

export type Reports = ReturnType<typeof useReports>;

function troubleOf(error: Error | null): string {
  if (!error) return "";
  return error instanceof ApiError && error.isTemporary ? "The report is not sent yet; it is tried again." : `The report was not taken: ${error.message}`;
}

/** Who leaves the room within the seconds has reported all the same. */
function useSentOnLeaving(report: Report | null, send: (report: Report) => void): void {
  const latest = useRef({ report, send });
  latest.current = { report, send };
  useEffect(() => {
    const leave = () => latest.current.report && latest.current.send(latest.current.report);
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);
}
