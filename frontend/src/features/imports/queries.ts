import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Upload, UploadLine } from "@/api/types";
import type { StudyCode, UploadCode } from "@/lib/brand";
import type { Found } from "./collect";
import { isSettled } from "./report";
import { start } from "./sending";

const LOOK_AGAIN_MS = 1000;

export function useUploads(study: StudyCode) {
  return useQuery({
    queryKey: ["study", study, "uploads"],
    queryFn: ({ signal }) => api.get<UploadLine[]>(studyUrl(study, "/uploads"), signal),
    refetchInterval: (query) => (query.state.data?.some((upload) => !isSettled(upload.state)) ? 3 * LOOK_AGAIN_MS : false),
  });
}

/** One upload with its verdicts, asked for again until the server has said its last word. */
export function useUpload(code: UploadCode | null) {
  return useQuery({
    queryKey: ["upload", code],
    queryFn: ({ signal }) => api.get<Upload>(`/api/uploads/${code}`, signal),
    enabled: code !== null,
    refetchInterval: (query) => (query.state.data && isSettled(query.state.data.state) ? false : LOOK_AGAIN_MS),
  });
}

export function useStart(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ subject, found }: { subject: string; found: Found[] }) => start(study, subject, found),
    onSuccess: () => client.invalidateQueries({ queryKey: ["study", study, "uploads"] }),
  });
}
