import { useSyncExternalStore } from "react";
import { api } from "@/api/client";
import { ApiError } from "@/api/errors";
import { studyUrl } from "@/api/studies";
import type { Upload } from "@/api/types";
import type { StudyCode, UploadCode } from "@/lib/brand";
import { batchesOf } from "./batches";
import type { Found } from "./collect";
import { sendAll, sizeOf } from "./send";
import { type Sendable, post } from "./transport";

/** What is on its way. It lives outside React: another tab of the study may be opened while files travel. */
export interface Sending {
  study: StudyCode;
  code: UploadCode;
  phase: "sending" | "stopped" | "arrived";
  totalBytes: number;
  sentBytes: number;
  nFiles: number;
  error: unknown;
}

const names = new Map<UploadCode, string[]>();
const listeners = new Set<() => void>();
let current: Sending | null = null;
let left: Sendable[][] = [];
let stopper = new AbortController();

function change(part: Partial<Sending>): void {
  if (!current) return;
  current = { ...current, ...part };
  for (const listener of listeners) listener();
}

function warnBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

const pause = (attempt: number) => new Promise<void>((resolve) => setTimeout(resolve, Math.min(1000 * 2 ** attempt, 15_000)));

async function run(code: UploadCode): Promise<void> {
  const before = (current?.totalBytes ?? 0) - left.reduce((sum, batch) => sum + sizeOf(batch), 0);
  stopper = new AbortController();
  window.addEventListener("beforeunload", warnBeforeLeaving);
  change({ phase: "sending", error: null, sentBytes: before });
  const outcome = await sendAll(left, {
    post: (batch, onSent) => post(code, batch, onSent, stopper.signal),
    onProgress: (bytes) => change({ sentBytes: before + bytes }),
    pause,
  });
  left = outcome.left;
  const error = outcome.error ?? (await finish(code));
  window.removeEventListener("beforeunload", warnBeforeLeaving);
  change(error === null ? { phase: "arrived" } : { phase: "stopped", error });
}

/** Says that all files are here; null, or what went wrong. A finish whose answer was lost has worked all the same. */
async function finish(code: UploadCode): Promise<unknown> {
  try {
    await api.post(`/api/uploads/${code}/finish`);
    return null;
  } catch (error) {
    return error instanceof ApiError && error.code === "upload_finished" ? null : error;
  }
}

/** Opens an upload and sends the files; resolves with its code as soon as the first one may leave. */
export async function start(study: StudyCode, subject: string, found: Found[]): Promise<UploadCode> {
  const { code } = await api.post<Upload>(studyUrl(study, "/uploads"), { subject: subject.trim() });
  const files = found.map(({ file }, number) => ({ number, size: file.size, file }));
  names.set(code, found.map(({ path }) => path));
  left = batchesOf(files);
  current = { study, code, phase: "sending", totalBytes: sizeOf(files), sentBytes: 0, nFiles: files.length, error: null };
  void run(code);
  return code;
}

/** Goes on where the network broke off. */
export function resume(): void {
  if (current?.phase === "stopped") void run(current.code);
}

/** The paths of an upload's files, if this page sent them; after a reload nobody knows them any more. */
export function namesOf(code: UploadCode): string[] {
  return names.get(code) ?? [];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSending(study: StudyCode): Sending | null {
  const sending = useSyncExternalStore(subscribe, () => current);
  return sending?.study === study ? sending : null;
}
