import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import type { Upload, UploadLine } from "@/api/types";
import type { StudyCode, UploadCode } from "@/lib/brand";
import type { Found } from "./collect";
import { beingSent } from "./elsewhere";
import { isSettled } from "./report";
import { type Images, discard, goOn, start } from "./sending";

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

/** The uploads that some page of this browser is sending now: those are not interrupted. */
export function useBeingSent() {
  return useQuery({ queryKey: ["being sent"], queryFn: beingSent, refetchInterval: 3 * LOOK_AGAIN_MS });
}

function useChange<Variables, Result>(study: StudyCode, change: (variables: Variables) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: ["study", study] }) });
}

export function useStart(study: StudyCode) {
  return useChange(study, (images: Images) => start(study, images));
}

export function useGoOn(study: StudyCode) {
  return useChange(study, ({ code, found }: { code: UploadCode; found: Found[] }) => goOn(study, code, found));
}

export function useDiscard(study: StudyCode) {
  return useChange(study, discard);
}
