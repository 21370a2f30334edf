import { Alert, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { fieldError } from "@/api/errors";
import { useStudyCode } from "@/api/studies";
import type { Case } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconAlert } from "@/ui/icons";
import { useRename } from "./queries";

/** Gives a subject another pseudonym, and says what a pseudonym is not. */
export function SubjectDialog({ one, onClose }: { one: Case; onClose: () => void }) {
  const rename = useRename(useStudyCode(), one.code);
  const [subject, setSubject] = useState(one.subject);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate(subject.trim(), { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title="Change the subject's pseudonym" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <Alert variant="light" color="orange" icon={<IconAlert />}>
            Never type a name, initials, a date of birth or a hospital number. Only your study's own pseudonym belongs here.
          </Alert>
          {rename.isError && <ErrorNotice error={rename.error} />}
          <TextInput
            label="Pseudonym" maxLength={64} data-autofocus value={subject} error={fieldError(rename.error, "subject")}
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={rename.isPending} disabled={!subject.trim() || subject.trim() === one.subject}>Change</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
