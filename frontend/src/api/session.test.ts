import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { ApiError } from "./errors";
import { homePath, noticeLostSession, sessionQuery, studyPath } from "./session";
import { mayDo } from "./studies";
import type { StudyCode } from "@/lib/brand";

const code = "k3v9" as StudyCode;

test("those who run a study start at the studies", () => {
  expect([homePath(["coordinator", "reader"], false), homePath([], true), homePath(["statistician"], false)]).toEqual(
    Array(3).fill("/studies"),
  );
});

test("those who judge start at their own list", () => {
  expect(homePath(["reader"], false)).toBe("/worklist");
  expect(homePath(["adjudicator"], false)).toBe("/adjudications");
  expect(homePath(["reader", "adjudicator"], false)).toBe("/worklist");
});

test("a reader's way into a study is the worklist, never the study's pages", () => {
  expect(studyPath({ code, role: "reader" })).toBe("/worklist");
  expect(studyPath({ code, role: "monitor" })).toBe("/studies/k3v9");
});

test("readers and adjudicators are offered no act of the study's pages", () => {
  const acts = ["watch", "import", "see cases", "correct cases", "manage the team", "allot", "see agreement", "export"] as const;
  expect(acts.some((act) => mayDo("reader", act) || mayDo("adjudicator", act))).toBe(false);
});

test("a session that ended on the server ends in the page", () => {
  const client = new QueryClient();
  const user = { username: "ana", full_name: "Ana", is_administrator: false, can_open_studies: false, must_change_password: false };
  client.setQueryData(sessionQuery.queryKey, { user, version: "1" });
  noticeLostSession(client, new ApiError(403, "not_allowed", ""));
  expect(client.getQueryData(sessionQuery.queryKey)?.user).toEqual(user);
  noticeLostSession(client, new ApiError(403, "not_signed_in", ""));
  expect(client.getQueryData(sessionQuery.queryKey)?.user).toBeNull();
});
