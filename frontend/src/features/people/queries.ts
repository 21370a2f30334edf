import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { studyUrl } from "@/api/studies";
import { membersKey } from "@/api/team";
import type { Machine, MachineRights, MemberInput, NewMachine, NewMember } from "@/api/types";
import type { StudyCode } from "@/lib/brand";

const machinesKey = (study: StudyCode) => ["study", study, "machines"];

export function useAddMember(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (member: MemberInput) => api.post<NewMember>(studyUrl(study, "/members"), member),
    onSuccess: () => client.invalidateQueries({ queryKey: membersKey(study) }),
    // The answer may hold a temporary password: it is not kept once it was shown.
    gcTime: 0,
  });
}

export function useEndMembership(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (username: string) => api.delete(studyUrl(study, `/members/${encodeURIComponent(username)}`)),
    onSuccess: () => client.invalidateQueries({ queryKey: membersKey(study) }),
  });
}

export function useMachines(study: StudyCode) {
  return useQuery({ queryKey: machinesKey(study), queryFn: ({ signal }) => api.get<Machine[]>(studyUrl(study, "/machines"), signal) });
}

export function useMakeMachine(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (machine: MachineRights) => api.post<NewMachine>(studyUrl(study, "/machines"), machine),
    onSuccess: () => client.invalidateQueries({ queryKey: machinesKey(study) }),
    // The answer holds the token: it is not kept once it was shown.
    gcTime: 0,
  });
}

export function useEndMachine(study: StudyCode) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (code: string) => api.delete(studyUrl(study, `/machines/${encodeURIComponent(code)}`)),
    onSuccess: () => client.invalidateQueries({ queryKey: machinesKey(study) }),
  });
}
