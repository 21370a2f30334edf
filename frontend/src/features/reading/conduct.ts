/** What a reader sends beside grades: reports of problems, and the wish to open a signed reading again. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { ApiError } from "@/api/errors";
import type { OwnProblem, Reading } from "@/api/types";
import type { ReadingCode } from "@/lib/brand";
import type { Report } from "./problems";
import { readingKey, readingUrl } from "./queries";

const LONGEST_DELAY_MS = 10_000;

/** The report carries its key, so that trying again does not report twice. */
export function useSendReport(code: ReadingCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (report: Report) => api.post<OwnProblem>(`${readingUrl(code)}/problems`, report),
    retry: (_, error) => error instanceof ApiError && error.isTemporary,
    retryDelay: (failures) => Math.min(LONGEST_DELAY_MS, 1000 * 2 ** failures),
    onSuccess: (problem) => {
      client.setQueryData<Reading>(readingKey(code), (reading) => reading && { ...reading, problems: [...reading.problems, problem] });
    },
  });
}

export function useReopen(code: ReadingCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => api.post<Reading>(`${readingUrl(code)}/reopen`, { reason }),
    onSuccess: (reading) => client.setQueryData(readingKey(code), reading),
  });
}
