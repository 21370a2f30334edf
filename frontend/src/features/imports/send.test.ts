import { expect, test } from "vitest";
import { ApiError, unreachable } from "@/api/errors";
import { sendAll } from "./send";
import { type Sendable, formOf } from "./transport";

const batch = (number: number, size = 10): Sendable[] => [{ number, size, file: new Blob(["x".repeat(size)]) }];
const noPause = () => Promise.resolve();

test("every batch is sent, never more than two at the same time", async () => {
  let running = 0;
  let most = 0;
  const arrived: number[] = [];
  const post = async ([file]: Sendable[]) => {
    most = Math.max(most, (running += 1));
    await new Promise((resolve) => setTimeout(resolve, 1));
    running -= 1;
    arrived.push(file!.number);
  };
  const result = await sendAll([0, 1, 2, 3, 4].map((n) => batch(n)), { post, onProgress: () => {}, pause: noPause });
  expect(arrived.sort()).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
  expect(result).toEqual({ left: [], error: null });
});

test("a network that fails for a while is waited for", async () => {
  let attempts = 0;
  const post = async () => {
    if ((attempts += 1) < 3) throw unreachable();
  };
  const result = await sendAll([batch(0)], { post, onProgress: () => {}, pause: noPause });
  expect([attempts, result.error]).toEqual([3, null]);
});

test("after a failure only what the server lacks is sent again", async () => {
  const posted: number[][] = [];
  const post = async (files: Sendable[]) => {
    posted.push(files.map((file) => file.number));
    if (posted.length === 1) throw unreachable();
  };
  const lacking = async (files: Sendable[]) => files.filter((file) => file.number !== 0);
  await sendAll([[...batch(0), ...batch(1)], batch(2)], { post, lacking, onProgress: () => {}, pause: noPause, lanes: 1 });
  expect(posted).toEqual([[0, 1], [1], [2]]);
});

test("a batch that had arrived, its answer lost, is not sent again", async () => {
  let posts = 0;
  const post = async () => {
    posts += 1;
    throw unreachable();
  };
  const result = await sendAll([batch(0)], { post, lacking: async () => [], onProgress: () => {}, pause: noPause });
  expect([posts, result.left, result.error]).toEqual([1, [], null]);
});

test("a refusal is not tried again, and what is left can be sent later", async () => {
  let attempts = 0;
  const refusal = new ApiError(409, "finished", "This upload is finished.");
  const post = async () => {
    attempts += 1;
    throw refusal;
  };
  const result = await sendAll([0, 1, 2].map((n) => batch(n)), { post, onProgress: () => {}, pause: noPause, lanes: 1 });
  expect(attempts).toBe(1);
  expect(result.error).toBe(refusal);
  expect(result.left.flat().map((file) => file.number)).toEqual([0, 1, 2]);
});

test("progress counts the files' bytes, and takes back what a failed request had sent", async () => {
  const told: number[] = [];
  let first = true;
  const post = async (_: Sendable[], onSent: (bytes: number) => void) => {
    onSent(9999);
    if (!first) return;
    first = false;
    throw unreachable();
  };
  await sendAll([batch(0, 10)], { post, onProgress: (bytes) => told.push(bytes), pause: noPause });
  expect(told).toEqual([10, 0, 10, 10]);
});

test("a file travels under its number alone", () => {
  const named = new File(["x"], "DOE^JANE.dcm", { type: "application/dicom" });
  const [[field, value]] = [...formOf([{ number: 17, size: 1, file: named }]).entries()] as [[string, File]];
  expect([field, value.name, value.type]).toEqual(["17", "17", "application/octet-stream"]);
});
