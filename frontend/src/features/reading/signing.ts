/** The content that is signed, as the server has it, and the signature under it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "@/api/client";
import { ApiError } from "@/api/errors";
import type { Reading, Review } from "@/api/types";
import { prefetchImages } from "@/viewer";
import { imagesUrl, readingKey, readingUrl } from "./queries";

/** Asked for when the server has everything, and never out of a cache: what is shown is what is signed. */
export function useReview({ code }: Reading, isReady: boolean) {
  return useQuery({
    queryKey: ["review", code],
    queryFn: ({ signal }) => api.get<Review>(`${readingUrl(code)}/review`, signal),
    enabled: isReady,
    gcTime: 0,
    staleTime: 0,
  });
}

/** Signs the very content that was shown; the images of the next reading come in meanwhile. */
export function useSign(reading: Reading) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ password, sha256 }: { password: string; sha256: string }) =>
      api.post<Reading>(`${readingUrl(reading.code)}/sign`, { password, meaning: reading.meaning, content_sha256: sha256 }),
    onSuccess: (signed) => {
      client.setQueryData(readingKey(reading.code), signed);
      if (signed.next) prefetchImages(imagesUrl(signed.next));
      return client.invalidateQueries({ queryKey: ["readings"] });
    },
  });
}

/** Another window changed the content after it was shown: it is shown again, and nothing was signed. */
export function useShownAgain(error: unknown, showAgain: () => void): boolean {
  const isChanged = error instanceof ApiError && error.code === "changed_since_shown";
  useEffect(() => {
    if (isChanged) showAgain();
  }, [error, isChanged]);
  return isChanged;
}
