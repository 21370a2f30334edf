import { expect, it } from "vitest";
import { pieces } from "./stream";

const body = (...chunks: number[][]) => new Blob(chunks.map((chunk) => Uint8Array.from(chunk))).stream();

async function all(stream: ReadableStream<Uint8Array>, lengths: number[]): Promise<number[][]> {
  const found: number[][] = [];
  for await (const piece of pieces(stream, lengths)) found.push([...piece]);
  return found;
}

it("cuts where one slice ends and the next begins, however the chunks fall", async () => {
  expect(await all(body([1], [2, 3, 4], [5, 6]), [2, 1, 3])).toEqual([[1, 2], [3], [4, 5, 6]]);
});

it("says so when the body ends too early", async () => {
  await expect(all(body([1, 2]), [2, 1])).rejects.toThrow("broke off");
});

it("reads to the very end, so that the browser can let go of the answer", async () => {
  const chunks = [[1, 2], [3]];
  let isEnded = false;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk) return controller.enqueue(Uint8Array.from(chunk));
        isEnded = true;
        return controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  expect(await all(stream, [1, 2])).toEqual([[1], [2, 3]]);
  expect(isEnded).toBe(true);
});
