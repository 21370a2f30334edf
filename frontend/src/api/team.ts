import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { StudyCode } from "@/lib/brand";
import { api } from "./client";
import { studyUrl } from "./studies";
import type { Centre, Member, ReaderSettings } from "./types";

export const membersKey = (study: StudyCode) => ["study", study, "members"];

export function useMembers(study: StudyCode) {
  return useQuery({ queryKey: membersKey(study), queryFn: ({ signal }) => api.get<Member[]>(studyUrl(study, "/members"), signal) });
}

/** The names the study has for its hospitals. */
export function useCentres(study: StudyCode) {
  return useQuery({ queryKey: ["study", study, "centres"], queryFn: ({ signal }) => api.get<Centre[]>(studyUrl(study, "/centres"), signal) });
}

/** A member's settings as they stand; the server takes them together. */
export function settingsOf({ email, share, centre, is_away }: Member): ReaderSettings {
  return { email, share, centre, is_away };
}

/** Changes some settings of a member and leaves the others. What depends on them is asked for again. */
export function useChangeMember(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ member, change }: { member: Member; change: Partial<ReaderSettings> }) =>
      api.put<Member>(studyUrl(study, `/members/${encodeURIComponent(member.username)}`), { ...settingsOf(member), ...change }),
    onSuccess: (changed) =>
      client.setQueryData<Member[]>(membersKey(study), (members) => members?.map((one) => (one.username === changed.username ? changed : one))),
    onSettled: () =>
      Promise.all(["allocation", "progress"].map((part) => client.invalidateQueries({ queryKey: ["study", study, part] }))),
  });
}
