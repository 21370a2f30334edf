import type { UploadCode } from "@/lib/brand";

const key = (code: UploadCode) => `dens-upload-${code}`;

/** Keeps how many files an upload has, so that a reloaded page can say it. Never a name of one. */
export function remember(code: UploadCode, nFiles: number): void {
  try {
    localStorage.setItem(key(code), String(nFiles));
  } catch {
    // a browser that keeps nothing: the page then says how many have arrived
  }
}

export function forget(code: UploadCode): void {
  try {
    localStorage.removeItem(key(code));
  } catch {
    // nothing was kept
  }
}

export function remembered(code: UploadCode): number | null {
  try {
    return Number(localStorage.getItem(key(code))) || null;
  } catch {
    return null;
  }
}
