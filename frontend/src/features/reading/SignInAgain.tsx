import { Button, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "@/api/client";
import { sessionQuery } from "@/api/session";
import type { Session } from "@/api/types";
import { count } from "@/lib/format";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  username: string;
  isSomeoneElse: boolean;
  nUnsaved: number;
  onSignedIn: () => void;
}

/** The session has ended; the room has not. The same person signs in again, and the work goes on. */
export function SignInAgain({ username, isSomeoneElse, nUnsaved, onSignedIn }: Props) {
  const [password, setPassword] = useState("");
  const client = useQueryClient();
  const signIn = useMutation({
    mutationFn: async () => {
      const found = await api.get<Session>("/api/session"); // also brings the token that signing in asks for
      if (found.user?.username === username) return found; // signed in again in another tab
      return api.post<Session>("/api/session", { username, password });
    },
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      onSignedIn();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title="Sign in again" closeOnEscape={false} closeOnClickOutside={false} transitionProps={{ duration: 0 }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">
            {isSomeoneElse ? "Someone else has signed in in this browser." : "You have been signed out."} {nUnsaved > 0 ? `${count(nUnsaved, "change")} not saved yet: kept here, and sent as soon as you are back.` : "Nothing is lost."}
          </Text>
          {signIn.isError && <ErrorNotice error={signIn.error} />}
          <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
          <PasswordInput
            label={`Password of ${username}`} autoComplete="current-password" data-autofocus required withAsterisk={false}
            value={password} onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={signIn.isPending}>Sign in and go on</Button>
        </Stack>
      </form>
    </Modal>
  );
}
