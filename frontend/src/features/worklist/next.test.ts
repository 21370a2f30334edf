import { expect, test } from "vitest";
import { nextOf, signedOf } from "./next";

const line = (position: number, state: string) => ({ position, state });

test("what was begun comes before what is new", () => {
  expect(nextOf([line(1, "signed"), line(2, "assigned"), line(3, "started")])?.position).toBe(3);
});

test("new ones come in the person's own order, whatever the order of the list", () => {
  expect(nextOf([line(3, "assigned"), line(1, "signed"), line(2, "assigned")])?.position).toBe(2);
});

test("nothing is next when all are signed", () => {
  const all = [line(1, "signed"), line(2, "signed")];
  expect(nextOf(all)).toBeUndefined();
  expect(signedOf(all)).toBe(2);
});
