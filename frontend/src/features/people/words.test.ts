import { describe, expect, it } from "vitest";
import { rightsOf, rolesToGive } from "./words";

describe("rightsOf", () => {
  it("names each right, and both in one phrase", () => {
    expect(rightsOf({ may_store: true, may_fetch: false })).toBe("Sends images");
    expect(rightsOf({ may_store: false, may_fetch: true })).toBe("Fetches images");
    expect(rightsOf({ may_store: true, may_fetch: true })).toBe("Sends images, fetches them");
  });
});

describe("rolesToGive", () => {
  it("lets nobody into a locked study who would read or decide", () => {
    expect(rolesToGive(true).map(({ role }) => role)).toEqual(["coordinator", "statistician", "monitor"]);
    expect(rolesToGive(false)).toHaveLength(5);
  });
});
