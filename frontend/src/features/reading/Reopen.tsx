import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Reading } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { useReopen } from "./conduct";
import classes from "./Footer.module.css";
import { identityWarning } from "./identity";

const REASON_LENGTH = 500;

/** The words are always the same, whatever another reader has done in the meantime. */
const STATES: Record<Reading["reopening"], string> = {
  none: "",
  asked: "You have asked to reopen it. The decision will be shown here.",
  declined: "Your request to reopen it was declined. It stays as signed.",
};

export const reopeningWords = ({ reopening }: Reading): string => STATES[reopening];

/** A signed reading is closed; who sees a mistake in it asks, with a reason. */
export function Reopen({ reading }: { reading: Reading }) {
  const [isAsking, setAsking] = useState(false);
  if (reading.reopening === "asked") return null;
  return (
    <>
      <button type="button" className={classes.quiet} onClick={() => setAsking(true)}>
        {reading.reopening === "declined" ? "Ask once more" : "Ask to reopen"}
      </button>
      {isAsking && <ReopenDialog reading={reading} onClose={() => setAsking(false)} />}
    </>
  );
}

function ReopenDialog({ reading, onClose }: { reading: Reading; onClose: () => void }) {
  const reopen = useReopen(reading.code);
  const [reason, setReason] = useState("");
  const warning = identityWarning(reason);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reopen.mutate(reason.trim(), { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title="Ask to open this reading again" size={520} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Somebody who does not read this case decides. What you signed is kept; after a change you sign again.
          </Text>
          <Textarea
            label="Why must it be changed?" required withAsterisk={false} minRows={3} autosize maxLength={REASON_LENGTH} data-autofocus
            value={reason} onChange={(event) => setReason(event.currentTarget.value)}
          />
          {warning && <Text size="sm" c="#ffc247" role="status">{warning}</Text>}
          {reopen.error != null && <ErrorNotice error={reopen.error} />}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={reopen.isPending} disabled={!reason.trim()}>Ask</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
