import { useSyncExternalStore } from "react";
import { api } from "@/api/client";
import { ApiError } from "@/api/errors";
import { studyUrl } from "@/api/studies";
import type { HeldFile, Upload } from "@/api/types";
import type { StudyCode, UploadCode } from "@/lib/brand";
import { batchesOf } from "./batches";
import type { Found } from "./collect";
import { announce } from "./elsewhere";
import { isAnotherFolder, match } from "./matching";
import { forget, remember } from "./remembered";
import { sendAll, sizeOf } from "./send";
import { type Sendable, post } from "./transport";
import { withoutHeld } from "./withoutHeld";

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

export interface Images {
  subject: string;
  centre: string;
  found: Found[];
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

const heldFiles = (code: UploadCode) => api.get<HeldFile[]>(`/api/uploads/${code}/files`);

async function run(code: UploadCode): Promise<void> {
  const before = (current?.totalBytes ?? 0) - left.reduce((sum, batch) => sum + sizeOf(batch), 0);
  stopper = new AbortController();
  const end = announce(code);
  window.addEventListener("beforeunload", warnBeforeLeaving);
  change({ phase: "sending", error: null, sentBytes: before });
  const outcome = await sendAll(left, {
    post: (batch, onSent) => post(code, batch, onSent, stopper.signal),
    lacking: async (batch) => withoutHeld(batch, await heldFiles(code)),
    onProgress: (bytes) => change({ sentBytes: before + bytes }),
    pause,
  });
  left = outcome.left;
  const error = outcome.error ?? (await finish(code));
  window.removeEventListener("beforeunload", warnBeforeLeaving);
  end();
  change(error === null ? { phase: "arrived" } : { phase: "stopped", error });
}

/** Says that all files are here; null, or what went wrong. A finish whose answer was lost has worked all the same. */
async function finish(code: UploadCode): Promise<unknown> {
  try {
    await api.post(`/api/uploads/${code}/finish`);
  } catch (error) {
    if (!(error instanceof ApiError && error.code === "upload_finished")) return error;
  }
  forget(code);
  return null;
}

function send(study: StudyCode, code: UploadCode, all: (Sendable & { path: string })[], missing: Sendable[]): void {
  names.set(code, all.reduce<string[]>((paths, { number, path }) => ((paths[number] = path), paths), []));
  remember(code, all.length);
  left = batchesOf(missing);
  current = { study, code, phase: "sending", totalBytes: sizeOf(all), sentBytes: 0, nFiles: all.length, error: null };
  void run(code);
}

/** Opens an upload and sends the files; resolves with its code as soon as the first one may leave. */
export async function start(study: StudyCode, { subject, centre, found }: Images): Promise<UploadCode> {
  const { code } = await api.post<Upload>(studyUrl(study, "/uploads"), { subject: subject.trim(), centre: centre.trim() });
  const files = found.map(({ path, file }, number) => ({ path, number, size: file.size, file }));
  send(study, code, files, files);
  return code;
}

/** Goes on with an upload that a closed page left behind: only what has not arrived is sent. */
export async function goOn(study: StudyCode, code: UploadCode, found: Found[]): Promise<UploadCode> {
  const held = await heldFiles(code);
  const files = await match(found, held);
  if (isAnotherFolder(files, held)) {
    throw new ApiError(0, "another_folder", "None of these files belongs to the interrupted upload. Drop the same folder, or discard the upload.");
  }
  send(study, code, files, withoutHeld(files, held));
  return code;
}

/** Goes on where the network broke off. */
export async function resume(): Promise<void> {
  if (current?.phase !== "stopped") return;
  const { code } = current;
  change({ phase: "sending", error: null });
  try {
    const held = await heldFiles(code);
    left = left.map((batch) => withoutHeld(batch, held)).filter((batch) => batch.length > 0);
  } catch (error) {
    if (error instanceof ApiError && error.code !== "upload_finished") return change({ phase: "stopped", error });
  }
  await run(code);
}

/** Destroys what has arrived of an upload that nobody wants to finish. */
export async function discard(code: UploadCode): Promise<void> {
  await api.delete(`/api/uploads/${code}`);
  forget(code);
  if (current?.code === code) change({ phase: "arrived" });
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
