import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { sessionQuery, wipe } from "@/api/session";
import type { Session } from "@/api/types";

/** Leaves by loading the page anew: nothing of one person stays in memory for the next. */
function leaveFor(path: string): void {
  window.location.assign(path);
}

export function useSignIn(next: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (credentials: { username: string; password: string }) => {
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 });
      return api.post<Session>("/api/session", credentials);
    },
    onSuccess: async ({ user }) => {
      await wipe(client, user?.username);
      leaveFor(next);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete("/api/session"),
    onSuccess: async () => {
      await wipe(client);
      leaveFor("/sign-in");
    },
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (passwords: { old_password: string; new_password: string }) => api.put<void>("/api/session/password", passwords),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
}
