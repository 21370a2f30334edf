import { describe, expect, it } from "vitest";
import type { ConsensusExport } from "@/api/types";
import { progressOf } from "./words";

const asked: ConsensusExport = {
  code: "E1" as ConsensusExport["code"], state: "building", requested_at: "2026-03-01T10:00:00Z", ready_at: null, sha256: "", bytes: 0, message: "", n_done: 0, n_cases: 0, n_superseded: 0,
};

describe("what is said of an export", () => {
  it("counts the cases that are written", () => {
    expect(progressOf({ ...asked, n_done: 50, n_cases: 240 })).toBe("Being built: 50 of 240 cases");
  });

  it("counts nothing before it is known how many there are, nor afterwards", () => {
    expect(progressOf(asked)).toBe("Being built");
    expect(progressOf({ ...asked, state: "ready", n_done: 240, n_cases: 240 })).toBe("Ready");
  });
});
