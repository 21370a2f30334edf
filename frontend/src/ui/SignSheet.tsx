import { Alert, Anchor, Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { ErrorNotice } from "./ErrorNotice";
import { IconAlert } from "./icons";

interface Named {
  item: string;
  label: string;
}

/** Who signs beside the person who is signed in. */
export interface Second {
  username: string;
  password: string;
}

interface Props {
  title: string;
  /** What is signed, in full. */
  children: ReactNode;
  missing: Named[];
  /** Answers there are, without the evidence they need. */
  unpinned?: Named[];
  /** The sentence the signature stands for. */
  meaning: string;
  /** Why it cannot be signed now although nothing is missing, such as values not saved yet. */
  waiting?: string | undefined;
  isBusy: boolean;
  error: unknown;
  /** Two people sign: the second one gives their name and password, too. */
  isJoint?: boolean;
  onSign: (password: string, second?: Second) => void;
  onGoTo?: (item: string) => void;
  onClose: () => void;
}

/** The second step of signing: everything once more, what the signature means, the password. */
export function SignSheet({ title, children, missing, unpinned = [], meaning, waiting, isJoint = false, isBusy, error, onSign, onGoTo, onClose }: Props) {
  const isLacking = missing.length + unpinned.length > 0;
  return (
    <Modal opened onClose={onClose} title={title} size={720} closeOnClickOutside={false} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        {children}
        <Lacking title={missing.length === 1 ? "One answer is missing" : `${missing.length} answers are missing`} items={missing} testId="missing" onGoTo={onGoTo} hasFocus />
        <Lacking title={unpinned.length === 1 ? "One pin is missing" : `${unpinned.length} pins are missing`} items={unpinned} testId="missing-pins" onGoTo={onGoTo} hasFocus={missing.length === 0} />
        {isLacking && error != null && <ErrorNotice error={error} />}
        {!isLacking && <SignForm meaning={meaning} waiting={waiting} isJoint={isJoint} isBusy={isBusy} error={error} onSign={onSign} onClose={onClose} />}
      </Stack>
    </Modal>
  );
}

interface LackingProps {
  title: string;
  items: Named[];
  testId: string;
  hasFocus: boolean;
  onGoTo: Props["onGoTo"];
}

/** By name, and each a way to it. What stood here before they were known had the focus; the first of them takes it over. */
function Lacking({ title, items, testId, hasFocus, onGoTo }: LackingProps) {
  if (items.length === 0) return null;
  return (
    <Alert color="orange" variant="light" icon={<IconAlert />} title={title} role="alert">
      <Group gap="4px 16px" data-testid={testId}>
        {items.map(({ item, label }, index) =>
          onGoTo ? (
            <Anchor
              key={item} component="button" type="button" size="sm" c="var(--mantine-color-text)" td="underline" onClick={() => onGoTo(item)}
              autoFocus={hasFocus && index === 0} data-autofocus={(hasFocus && index === 0) || undefined}
            >
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

type FormProps = Pick<Props, "meaning" | "waiting" | "isBusy" | "error" | "onSign" | "onClose"> & { isJoint: boolean };

function SignForm({ meaning, waiting, isJoint, isBusy, error, onSign, onClose }: FormProps) {
  const [password, setPassword] = useState("");
  const [second, setSecond] = useState<Second>({ username: "", password: "" });
  const field = useRef<HTMLInputElement>(null);
  const meaningId = useId();
  useEffect(() => {
    if (!error) return;
    setPassword("");
    setSecond((before) => ({ ...before, password: "" }));
    field.current?.focus();
  }, [error]);
  const hasSecond = !isJoint || (second.username.trim() !== "" && second.password !== "");
  const isReady = password !== "" && hasSecond && !isBusy && !waiting;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onSign(password, isJoint ? second : undefined);
  };
  return (
    <form onSubmit={submit} onKeyDown={submitOnModEnter}>
      <Stack gap="md">
        <div>
          <Text size="sm" c="dimmed">{isJoint ? "Both signatures mean:" : "Your signature means:"}</Text>
          <Text id={meaningId} fw={500} data-testid="meaning">{meaning}</Text>
        </div>
        <PasswordInput
          label="Your password" autoComplete="current-password" value={password} maw={320} readOnly={isBusy} ref={field} data-autofocus
          aria-describedby={meaningId} onChange={(event) => setPassword(event.currentTarget.value)} visibilityToggleButtonProps={{ "aria-label": "Show or hide the password" }}
        />
        {isJoint && <SecondPerson second={second} isBusy={isBusy} onChange={setSecond} />}
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

interface SecondProps {
  second: Second;
  isBusy: boolean;
  onChange: (second: Second) => void;
}

function SecondPerson({ second, isBusy, onChange }: SecondProps) {
  return (
    <Group gap={16} align="flex-start">
      <TextInput
        label="Who decided with you" description="Their user name" autoComplete="off" value={second.username} readOnly={isBusy} w={220} data-testid="second-username"
        onChange={(event) => onChange({ ...second, username: event.currentTarget.value })}
      />
      <PasswordInput
        label="Their password" description="They type it themselves" autoComplete="off" value={second.password} readOnly={isBusy} w={260} data-testid="second-password"
        onChange={(event) => onChange({ ...second, password: event.currentTarget.value })} visibilityToggleButtonProps={{ "aria-label": "Show or hide their password" }}
      />
    </Group>
  );
}
