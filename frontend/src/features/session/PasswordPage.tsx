import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useSession } from "@/api/session";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { EntryCard } from "./EntryCard";
import { safeNext } from "./next";
import { SHORTEST_PASSWORD, problemOf } from "./password";
import { useChangePassword } from "./queries";
import { useLeaving } from "./SignOut";

const EMPTY = { old: "", fresh: "", again: "" };

export default function PasswordPage() {
  const user = useSession().data?.user;
  const next = safeNext(useLocation().state);
  const navigate = useNavigate();
  const change = useChangePassword();
  const { leave, question } = useLeaving();
  const [passwords, setPasswords] = useState(EMPTY);
  const [problem, setProblem] = useState<string | null>(null);

  const field = (name: keyof typeof EMPTY) => ({
    value: passwords[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setPasswords((before) => ({ ...before, [name]: value }));
      setProblem(null);
    },
    required: true,
    withAsterisk: false,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemOf(passwords);
    setProblem(found);
    if (found) return;
    change.mutate(
      { old_password: passwords.old, new_password: passwords.fresh },
      {
        onSuccess: () => {
          notifications.show({ message: "Your password is changed." });
          navigate(next, { replace: true });
        },
      },
    );
  };
  return (
    <EntryCard
      title={user?.must_change_password ? "Choose your own password" : "Change your password"}
      description={
        user?.must_change_password
          ? "The password you were given is for the first sign-in only. Your own password also signs your readings, so keep it to yourself."
          : "Your password also signs your readings, so keep it to yourself."
      }
    >
      {question}
      <form onSubmit={submit}>
        <input type="text" name="username" autoComplete="username" value={user?.username ?? ""} readOnly hidden />
        <Stack gap={16}>
          {change.isError && <ErrorNotice error={change.error} />}
          <PasswordInput label="Present password" autoComplete="current-password" autoFocus {...field("old")} />
          <PasswordInput label="New password" description={`At least ${SHORTEST_PASSWORD} characters; a sentence is easy to remember.`} autoComplete="new-password" {...field("fresh")} />
          <PasswordInput label="New password again" autoComplete="new-password" error={problem} {...field("again")} />
          <Group justify="space-between">
            {user?.must_change_password ? (
              <Button variant="subtle" onClick={leave}>Sign out</Button>
            ) : (
              <Button variant="subtle" onClick={() => navigate(-1)}>Cancel</Button>
            )}
            <Button type="submit" loading={change.isPending}>Change password</Button>
          </Group>
        </Stack>
      </form>
    </EntryCard>
  );
}
