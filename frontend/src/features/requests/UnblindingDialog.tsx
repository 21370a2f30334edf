import { Button, Group, Modal, Radio, Stack, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { fieldError } from "@/api/errors";
import { useStudyCode } from "@/api/studies";
import type { UnblindingInput } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { useRecordUnblinding } from "./queries";
import { blank, isComplete, QUESTIONS } from "./unblinding";

/** Who learned what, when, how, and what it means: all of it, for a record without one of them explains nothing. */
export function UnblindingDialog({ onClose }: { onClose: () => void }) {
  const record = useRecordUnblinding(useStudyCode());
  const [told, setTold] = useState<UnblindingInput>(() => blank(new Date()));
  const set = (change: Partial<UnblindingInput>) => setTold((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    record.mutate(told, { onSuccess: () => { notifications.show({ message: "The unblinding is on record." }); onClose(); } });
  };
  return (
    <Modal opened onClose={onClose} size={600} title="Record an unblinding" closeOnClickOutside={false} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          {record.isError && <ErrorNotice error={record.error} />}
          <Group gap={32} align="flex-start">
            <Radio.Group label="It was" value={told.is_planned ? "planned" : "accident"} onChange={(kind) => set({ is_planned: kind === "planned" })}>
              <Group gap={20} mt={8}>
                <Radio value="accident" label="an accident" />
                <Radio value="planned" label="planned" />
              </Group>
            </Radio.Group>
            <TextInput
              type="date" label={told.is_planned ? "Day" : "Day it happened"} w={180} value={told.happened_on}
              error={fieldError(record.error, "happened_on")} onChange={(event) => set({ happened_on: event.currentTarget.value })}
            />
          </Group>
          {QUESTIONS.map(({ name, label, hint, most }, place) => (
            <Textarea
              key={name} label={label} description={hint} autosize minRows={name === "who" ? 1 : 2} maxRows={8} maxLength={most}
              data-autofocus={place === 0 || undefined} value={told[name]} error={fieldError(record.error, name)}
              onChange={(event) => set({ [name]: event.currentTarget.value })}
            />
          ))}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={record.isPending} disabled={!isComplete(told)}>Put on record</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
