import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/errors";
import { noticeLostSession } from "@/api/session";

function mayRetry(failures: number, error: unknown): boolean {
  return failures < 2 && error instanceof ApiError && error.isTemporary && error.status !== 429;
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => noticeLostSession(queryClient, error) }),
  mutationCache: new MutationCache({ onError: (error) => noticeLostSession(queryClient, error) }),
  defaultOptions: { queries: { retry: mayRetry, staleTime: 5_000 } },
});
