import { describe, expect, it } from "vitest";
import { nWaiting } from "@/api/requests";
import type { ReopeningRequest, ReportedProblem, Requests } from "@/api/types";
import { type Entry, actsOn, doneIn, entryKey, formOf, hasHistory, isUrgent, markOf, outcomeOf, placeOf, waitingIn } from "./words";

function problem(code: string, changes: Partial<ReportedProblem> = {}): ReportedProblem {
  const open = { code, case: "CASE", reader: "Ana Almeida", kind: "quality", kind_label: "Artefact or poor image quality", series: null, series_label: null };
  const told = { slice: null, text: "", reported_at: "2026-03-02T09:30:00Z", state: "open", note: "", closed_by: null, closed_at: null };
  return { ...open, ...told, ...changes } as ReportedProblem;
}

function reopening(code: string, changes: Partial<ReopeningRequest> = {}): ReopeningRequest {
  const asked = { code, case: "CASE", reader: "Ana Almeida", reason: "C5 and C6 are swapped.", asked_at: "2026-03-02T09:30:00Z" };
  return { ...asked, state: "asked", why_not: null, supersedes: false, note: "", decided_by: null, decided_at: null, ...changes } as ReopeningRequest;
}

const asEntry = (of: ReopeningRequest): Entry => ({ sort: "reopening", of });

const requests: Requests = {
  problems: [
    problem("identity", { kind: "identity" }),
    problem("newer"),
    problem("older"),
    problem("closed", { kind: "identity", state: "closed", closed_by: "Dora Duarte", closed_at: "2026-03-03T09:00:00Z" }),
  ],
  reopenings: [
    reopening("asked"),
    reopening("granted", { state: "granted", decided_by: "Ada Adler", decided_at: "2026-03-04T09:00:00Z" }),
    reopening("declined", { state: "declined", decided_by: "Dora Duarte", decided_at: "2026-03-02T09:00:00Z" }),
  ],
};

describe("the queue", () => {
  it("puts what tells of a patient first, then readings somebody waits for, then the rest as the server has it", () => {
    expect(waitingIn(requests).map(entryKey)).toEqual(["identity", "asked", "newer", "older"]);
  });

  it("keeps what is done, the newest decision first", () => {
    expect(doneIn(requests).map(entryKey)).toEqual(["granted", "closed", "declined"]);
  });

  it("counts what waits, as the navigation shows it", () => {
    expect(nWaiting(requests)).toBe(waitingIn(requests).length);
  });

  it("hurries no more once it is closed", () => {
    expect(doneIn(requests).filter(isUrgent)).toEqual([]);
  });
});

describe("what is said of an entry", () => {
  it("counts slices from 1, and says nothing of a place where there is none", () => {
    expect(placeOf({ series_label: "STIR sagittal", slice: 2 })).toBe("STIR sagittal, slice 3");
    expect(placeOf({ series_label: "STIR sagittal", slice: 0 })).toBe("STIR sagittal, slice 1");
    expect(placeOf({ series_label: "STIR sagittal", slice: null })).toBe("STIR sagittal");
    expect(placeOf({ series_label: null, slice: null })).toBeNull();
  });

  it("says who decided, and how", () => {
    expect(doneIn(requests).map(outcomeOf)).toEqual(["Opened again by Ada Adler", "Closed by Dora Duarte", "Declined by Dora Duarte"]);
    expect(waitingIn(requests).map(outcomeOf)).toEqual([null, null, null, null]);
  });

  it("marks each state with a shape of its own", () => {
    expect(waitingIn(requests).map((entry) => markOf(entry).mark)).toEqual(["blocked", "waiting", "waiting", "waiting"]);
    expect(doneIn(requests).map((entry) => markOf(entry).mark)).toEqual(["done", "done", "refused"]);
  });
});

describe("what can be done", () => {
  it("closes a problem, and opens a reading again or declines", () => {
    expect(waitingIn(requests).slice(0, 2).map((entry) => actsOn(entry).map(({ act }) => act))).toEqual([["close"], ["grant", "decline"]]);
  });

  it("does not open what was compared, says why, and lets it be declined", () => {
    const [grant, decline] = actsOn(asEntry(reopening("late", { why_not: "The two readings of this case have been compared." })));
    expect(grant?.whyNot).toContain("compared");
    expect(decline?.whyNot).toBeUndefined();
  });

  it("asks why, where the consensus of the case goes with it", () => {
    const compared = asEntry(reopening("compared", { supersedes: true }));
    expect(formOf(compared, "grant")).toMatchObject({ isNeeded: true, action: "Open again and supersede the consensus" });
    expect(formOf(compared, "decline").isNeeded).toBeUndefined();
    expect(formOf(asEntry(reopening("early")), "grant").isNeeded).toBeUndefined();
  });

  it("says of what was opened that a consensus went with it, and shows its versions", () => {
    const done = { state: "granted", decided_by: "Dora Duarte" } as const;
    const gone = asEntry(reopening("gone", { ...done, supersedes: true }));
    expect(outcomeOf(gone)).toBe("Opened again, and the consensus superseded, by Dora Duarte");
    expect([gone, asEntry(reopening("early", done))].map(hasHistory)).toEqual([true, false]);
  });

  it("leaves alone what is done", () => {
    expect(doneIn(requests).flatMap(actsOn)).toEqual([]);
  });
});
