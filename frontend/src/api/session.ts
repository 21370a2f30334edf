import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { ApiError } from "./errors";
import type { Role, Session, StudyLine } from "./types";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => api.get<Session>("/api/session", signal),
  staleTime: 60_000,
});

export const studiesQuery = queryOptions({
  queryKey: ["studies"],
  queryFn: ({ signal }) => api.get<StudyLine[]>("/api/studies", signal),
});

export function useSession() {
  return useQuery(sessionQuery);
}

export function useStudies() {
  return useQuery(studiesQuery);
}

/** The browser's own database of what a person has said and the server has not acknowledged. */
export const shelfName = (username: string): string => `${SHELVES}${username}`;
const SHELVES = "dens:";
/** The desks of this browser: random keys that say nothing of anybody. */
export const DESKS = "dens:desks";

/** Forget everything of the person before: two readers may share one workstation. Own unsent changes stay. */
export async function wipe(client: QueryClient, username?: string): Promise<void> {
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
  client.getMutationCache().clear();
  sessionStorage.clear();
  for (const key of Object.keys(localStorage)) if (key !== DESKS) localStorage.removeItem(key);
  const shelves = await allDatabases();
  const others = shelves.flatMap(({ name }) => (name?.startsWith(SHELVES) && name !== (username && shelfName(username)) ? [name] : []));
  await Promise.all(others.map(destroyed));
}

/** None where a browser does not tell, or keeps nothing at all. */
async function allDatabases(): Promise<IDBDatabaseInfo[]> {
  try {
    return await indexedDB.databases();
  } catch {
    return [];
  }
}

function destroyed(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}

/** A session that ended on the server ends here too; the guard then asks to sign in again. */
export function noticeLostSession(client: QueryClient, error: unknown): void {
  if (!(error instanceof ApiError)) return;
  if (error.code === "not_signed_in") {
    client.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, user: null });
  }
  if (error.code === "password_change_required") {
    client.setQueryData(sessionQuery.queryKey, (session) =>
      session?.user ? { ...session, user: { ...session.user, must_change_password: true } } : session,
    );
  }
}

const WATCHING: ReadonlySet<Role> = new Set(["coordinator", "statistician", "monitor", "administrator"]);

/** Whether the role may open the study's own pages; readers and adjudicators have their lists only. */
export function watches(role: Role): boolean {
  return WATCHING.has(role);
}

/** Where a study leads for one role. */
export function studyPath(study: Pick<StudyLine, "code" | "role">): string {
  if (study.role === "reader") return "/worklist";
  if (study.role === "adjudicator") return "/adjudications";
  return `/studies/${study.code}`;
}

/** Where a person starts: the pages of the study for those who run it, the own list for those who judge. */
export function homePath(roles: Role[], canOpenStudies: boolean): string {
  if (canOpenStudies || roles.some(watches)) return "/studies";
  if (roles.includes("adjudicator") && !roles.includes("reader")) return "/adjudications";
  return roles.length > 0 ? "/worklist" : "/studies";
}
