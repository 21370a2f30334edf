import type { UploadCode } from "@/lib/brand";

/** Web Locks, which browsers have for pages served by https or from this computer; elsewhere no page knows of another. */
const locks = () => globalThis.navigator?.locks;
const PREFIX = "dens-upload-";

/** Tells this browser's other pages that this one is sending an upload; gives what ends that. Closing the page does, too. */
export function announce(code: UploadCode): () => void {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  void locks()?.request(PREFIX + code, () => ended);
  return end;
}

/** The uploads that pages of this browser are sending. */
export async function beingSent(): Promise<string[]> {
  const held = (await locks()?.query())?.held ?? [];
  return held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []));
}
