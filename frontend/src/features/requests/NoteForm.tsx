import { Button, Group, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ErrorNotice } from "@/ui/ErrorNotice";
import type { Form } from "./words";

const MOST = 500; // characters

interface Props {
  form: Form;
  isBusy: boolean;
  error: unknown;
  onSend: (note: string) => void;
  onCancel: () => void;
}

/** A decision with a few words about it, or without. */
export function NoteForm({ form: { label, description, action, isNeeded }, isBusy, error, onSend, onCancel }: Props) {
  const [note, setNote] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend(note.trim());
  };
  return (
    <form onSubmit={submit} aria-label={action}>
      <Stack gap={12} mt={12} maw={640}>
        <Textarea
          label={label} description={description} autosize minRows={2} maxRows={8} maxLength={MOST} autoFocus
          value={note} onChange={(event) => setNote(event.currentTarget.value)}
        />
        {error != null && <ErrorNotice error={error} />}
        <Group gap={8}>
          <Button type="submit" size="compact-sm" loading={isBusy} disabled={isNeeded && note.trim() === ""}>{action}</Button>
          <Button size="compact-sm" variant="subtle" onClick={onCancel}>Cancel</Button>
        </Group>
      </Stack>
    </form>
  );
}
