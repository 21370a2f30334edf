import { csrfHeader } from "@/api/client";
import { errorFrom, unreachable } from "@/api/errors";
import type { UploadCode } from "@/lib/brand";
import type { Numbered } from "./batches";

export interface Sendable extends Numbered {
  file: Blob;
}

/** Field name and file name are the number alone: the original name never leaves the browser. */
export function formOf(batch: Sendable[]): FormData {
  const form = new FormData();
  for (const { number, file } of batch) form.append(String(number), file.slice(0, file.size, "application/octet-stream"), String(number));
  return form;
}

/** One request. XMLHttpRequest, because fetch does not tell how many bytes have left. */
export function post(code: UploadCode, batch: Sendable[], onSent: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/uploads/${code}/files`);
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onload = () => (request.status < 300 ? resolve() : reject(errorFrom(request.status, request.responseText)));
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException("Stopped", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(formOf(batch));
  });
}
