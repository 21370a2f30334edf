import { expect, test } from "vitest";
import type { ConsensusVersion } from "@/api/types";
import { lineOf } from "./history";

const first: ConsensusVersion = {
  number: 1, state: "settled", compared_at: "2026-03-02T09:30:00Z", settled_at: "2026-03-03T09:30:00Z", superseded_at: null, superseded_by: null, why: "",
  methods: [{ method: "adjudicated", n: 1 }, { method: "agreed", n: 24 }],
};

test("what counts says how it came about", () => {
  expect(lineOf(first)).toMatch(/\(1 adjudicated, 24 agreed\); it counts$/);
});

test("what was superseded says by whom and why", () => {
  const gone = lineOf({ ...first, superseded_at: "2026-03-04T09:30:00Z", superseded_by: "Dora Duarte", why: "Levels counted from C3" });
  expect(gone).toContain("superseded");
  expect(gone).toContain("(Dora Duarte: Levels counted from C3)");
});

test("one that nothing is decided of yet has no methods to tell", () => {
  expect(lineOf({ ...first, settled_at: null, methods: [] })).toContain("not settled; it counts");
});
