import { ApiError } from "@/api/errors";

/** Cuts a body into pieces of known lengths while it is still arriving. */
export async function* pieces(
  body: ReadableStream<Uint8Array>,
  lengths: number[],
  heard: () => void = () => undefined,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let rest = new Uint8Array(0);
  for (const length of lengths) {
    while (rest.length < length) {
      const { done, value } = await reader.read();
      if (done) throw new ApiError(0, "broken_off", "The images broke off while they were loading. Load them again.");
      heard();
      rest = joined(rest, value);
    }
    yield rest.slice(0, length);
    rest = rest.slice(length);
  }
  await reader.read(); // to the very end: until then the browser keeps the answer open
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
