import { Alert, Anchor, Button, Checkbox, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { ErrorNotice } from "./ErrorNotice";
import { IconAlert } from "./icons";

interface Props {
  title: string;
  /** What is signed, in full. */
  children: ReactNode;
  missing: { item: string; label: string }[];
  /** The sentence the signature stands for. */
  meaning: string;
  /** Why it cannot be signed now although nothing is missing, such as values not saved yet. */
  waiting?: string;
  isBusy: boolean;
  error: unknown;
  onSign: (password: string) => void;
  onGoTo?: (item: string) => void;
  onClose: () => void;
}

/** The second step of signing: everything once more, the meaning confirmed, the password. */
export function SignSheet({ title, children, missing, meaning, waiting, isBusy, error, onSign, onGoTo, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={title} size={720} closeOnClickOutside={false} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        {children}
        {missing.length > 0 ? (
          <Missing missing={missing} onGoTo={onGoTo} />
        ) : (
          <SignForm meaning={meaning} waiting={waiting} isBusy={isBusy} error={error} onSign={onSign} onClose={onClose} />
        )}
        {missing.length > 0 && error != null && <ErrorNotice error={error} />}
      </Stack>
    </Modal>
  );
}

function Missing({ missing, onGoTo }: Pick<Props, "missing" | "onGoTo">) {
  return (
    <Alert color="orange" variant="light" icon={<IconAlert />} title={missing.length === 1 ? "One answer is missing" : `${missing.length} answers are missing`} role="alert">
      <Group gap="4px 16px" data-testid="missing">
        {missing.map(({ item, label }) =>
          onGoTo ? (
            <Anchor key={item} component="button" type="button" size="sm" c="var(--mantine-color-text)" td="underline" onClick={() => onGoTo(item)}>
              {label}
            </Anchor>
          ) : (
            <Text key={item} size="sm">{label}</Text>
          ),
        )}
      </Group>
    </Alert>
  );
}

/** Mod+Enter is what opened the sheet; here it submits, as Enter does in the password's field. */
function submitOnModEnter(event: KeyboardEvent<HTMLFormElement>) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.currentTarget.requestSubmit();
  }
}

type FormProps = Pick<Props, "meaning" | "waiting" | "isBusy" | "error" | "onSign" | "onClose">;

function SignForm({ meaning, waiting, isBusy, error, onSign, onClose }: FormProps) {
  const [password, setPassword] = useState("");
  const [isConfirmed, setConfirmed] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!error) return;
    setPassword("");
    field.current?.focus();
  }, [error]);
  const isReady = isConfirmed && password !== "" && !isBusy && !waiting;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onSign(password);
  };
  return (
    <form onSubmit={submit} onKeyDown={submitOnModEnter}>
      <Stack gap="md">
        <Checkbox checked={isConfirmed} onChange={(event) => setConfirmed(event.currentTarget.checked)} label={meaning} data-autofocus />
        <PasswordInput
          label="Your password" autoComplete="current-password" value={password} maw={320} readOnly={isBusy} ref={field}
          onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": "Show or hide the password" }}
        />
        {error != null && <ErrorNotice error={error} />}
        {waiting && <Text size="sm" c="dimmed" role="status">{waiting}</Text>}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>Not yet</Button>
          <Button type="submit" loading={isBusy} disabled={!isReady && !isBusy}>Sign</Button>
        </Group>
      </Stack>
    </form>
  );
}
