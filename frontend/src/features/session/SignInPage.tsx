import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Navigate, useLocation } from "react-router";
import { useSession } from "@/api/session";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { EntryCard } from "./EntryCard";
import { safeNext } from "./next";
import { useSignIn } from "./queries";

export default function SignInPage() {
  const next = safeNext(useLocation().state);
  const session = useSession();
  const signIn = useSignIn(next);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");

  if (session.data?.user && signIn.isIdle) return <Navigate to={next} replace />;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ username, password }, { onError: () => setPassword("") });
  };
  return (
    <EntryCard
      title="Sign in to Dens"
      description="Blinded two-reader scoring of cervical-spine MRI."
      footer={session.data && `Dens ${session.data.version}`}
    >
      <form onSubmit={submit}>
        <Stack gap={16}>
          {signIn.isError && <ErrorNotice error={signIn.error} />}
          <TextInput
            label="User name" autoComplete="username" autoCapitalize="none" spellCheck={false} required withAsterisk={false} autoFocus
            value={username} onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password" autoComplete="current-password" required withAsterisk={false}
            value={password} onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth loading={signIn.isPending || signIn.isSuccess}>
            Sign in
          </Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
