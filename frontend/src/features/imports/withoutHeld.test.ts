import { expect, test } from "vitest";
import type { HeldFile } from "@/api/types";
import type { Sendable } from "./transport";
import { withoutHeld } from "./withoutHeld";

const file = (number: number, size: number): Sendable => ({ number, size, file: new Blob() });
const held = (number: number, n_bytes: number, is_complete: boolean): HeldFile => ({ number, n_bytes, is_complete, sha256: "" });

test("files that are there whole are left out, others go on from where they stopped", () => {
  const rest = withoutHeld([file(0, 10), file(1, 10), file(2, 10)], [held(0, 10, true), held(1, 4, false)]);
  expect(rest.map(({ number, sent }) => [number, sent])).toEqual([[1, 4], [2, 0]]);
});

test("a file that is there with another size is sent again", () => {
  expect(withoutHeld([file(0, 10)], [held(0, 9, true)])).toHaveLength(1);
});
