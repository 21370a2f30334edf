/** Where to go after signing in: a path of this site only, never an address someone put there. */
export function safeNext(state: unknown): string {
  const next = typeof state === "object" && state !== null && "next" in state ? state.next : null;
  const isPath = typeof next === "string" && /^\/(?![/\\])/.test(next);
  return isPath && !next.startsWith("/sign-in") && !next.startsWith("/password") ? next : "/";
}
