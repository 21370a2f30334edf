import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useStudyCode } from "@/api/studies";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { useReview } from "./queries";

interface Props {
  seq: number;
  onClose: () => void;
}

/** The sign-off of who has reviewed the trail. It becomes an event of the trail itself. */
export function ReviewDialog({ seq, onClose }: Props) {
  const review = useReview(useStudyCode());
  const [note, setNote] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    review.mutate({ seq, note: note.trim() }, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} size={520} title="Record your review" closeOnClickOutside={false} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <Text>I have reviewed the audit trail of this study up to event {seq}.</Text>
          {review.isError && <ErrorNotice error={review.error} />}
          <Textarea
            label="What you found" description="For the record. It may stay empty." autosize minRows={2} maxLength={500} data-autofocus
            value={note} onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={review.isPending}>Record</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
