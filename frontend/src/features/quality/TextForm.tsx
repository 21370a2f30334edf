import { Button, Group, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";

const MOST = 500; // characters

interface Props {
  label: string;
  description?: string;
  action: string;
  isBusy: boolean;
  onSend: (text: string) => void;
  onCancel: () => void;
}

/** A few sentences, sent or dropped. */
export function TextForm({ label, description, action, isBusy, onSend, onCancel }: Props) {
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend(text.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={8}>
        <Textarea
          label={label} description={description} autosize minRows={2} maxRows={8} maxLength={MOST} autoFocus
          value={text} onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group gap={8}>
          <Button type="submit" size="compact-sm" autoContrast loading={isBusy} disabled={!text.trim()}>{action}</Button>
          <Button size="compact-sm" variant="subtle" onClick={onCancel}>Cancel</Button>
        </Group>
      </Stack>
    </form>
  );
}
