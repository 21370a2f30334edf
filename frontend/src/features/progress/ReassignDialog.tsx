import { Button, Group, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useStudyCode } from "@/api/studies";
import type { ReaderLoad } from "@/api/types";
import { count } from "@/lib/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { leftOf, successors } from "./load";
import type { GivenReading } from "./MatrixPanel";
import { useReassign } from "./queries";

interface Props {
  given: GivenReading;
  readers: ReaderLoad[];
  onClose: () => void;
}

/** Gives a reading that nobody has begun to another reader, with the reason. */
export function ReassignDialog({ given: { one, reading }, readers, onClose }: Props) {
  const reassign = useReassign(useStudyCode());
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const choices = successors(one, readers).map((load) => ({ value: load.username, label: `${load.full_name} · ${count(leftOf(load), "reading")} to do` }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!to) return;
    reassign.mutate({ case: one.code, reader: reading.username, to, reason: reason.trim() }, {
      onSuccess: () => { notifications.show({ message: "The reading has a new reader." }); onClose(); },
    });
  };
  return (
    <Modal opened onClose={onClose} size={520} title="Give this reading to somebody else" closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <Text>
            {reading.reader} has not begun the case of {one.subject}. It leaves that list, and comes last, under a new code, in the list of whoever you choose.
          </Text>
          {reassign.isError && <ErrorNotice error={reassign.error} />}
          {choices.length === 0 && <Text c="dimmed">There is no other reader who is present and does not read this case already. Add one under People.</Text>}
          {choices.length > 0 && (
            <>
              <Select label="To" placeholder="Choose a reader" data={choices} value={to} onChange={setTo} data-autofocus />
              <Textarea
                label="Why" description="For the record, such as an illness. No reader is shown it." autosize minRows={2} maxLength={500}
                value={reason} onChange={(event) => setReason(event.currentTarget.value)}
              />
            </>
          )}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={reassign.isPending} disabled={!to || !reason.trim()}>Give away</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
