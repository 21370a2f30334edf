import { Button, Group, List, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useStudyCode } from "@/api/studies";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Panel } from "@/ui/Panel";
import { useLock } from "./queries";

interface Props {
  title: string;
  /** What is still to be done, in a sentence; null when nothing is. */
  unfinished: string | null;
}

/** The end of a study, and what it means. */
export function LockPanel({ title, unfinished }: Props) {
  const [isAsking, setAsking] = useState(false);
  return (
    <Panel
      title="Lock the study" description="When nothing is left to read or to decide: nothing is written any more, and the seed of the assignments is opened."
      actions={<Button variant="default" size="compact-sm" disabled={unfinished !== null} aria-describedby="lock-waits" onClick={() => setAsking(true)} style={{ flexShrink: 0 }}>Lock the study</Button>}
    >
      <Text id="lock-waits" size="sm" c={unfinished ? undefined : "dimmed"}>{unfinished ? `Not yet: ${unfinished}` : "Everything is signed and decided."}</Text>
      {isAsking && <LockDialog title={title} onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function LockDialog({ title, onClose }: { title: string; onClose: () => void }) {
  const lock = useLock(useStudyCode());
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const isSure = typed.trim() === title.trim() && reason.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSure) lock.mutate(reason.trim(), { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} size={560} title="Lock this study?" closeOnClickOutside={false} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <List spacing={6}>
            <List.Item>No image, reading, decision, covariate or rule of this study can be written any more, by anybody.</List.Item>
            <List.Item>The seed of its assignments is opened, so that everybody can rebuild them. It is never sealed again: no further case can be assigned here.</List.Item>
            <List.Item>Agreement is shown, and exports can still be built and downloaded.</List.Item>
            <List.Item>Only two people together open it again, with a reason.</List.Item>
          </List>
          {lock.isError && <ErrorNotice error={lock.error} />}
          <Textarea
            label="Why now" description="For the record, such as the end of reading by the protocol." autosize minRows={2} maxLength={500} data-autofocus
            value={reason} onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput label={`Type “${title}” to be sure`} autoComplete="off" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" color="red" loading={lock.isPending} disabled={!isSure}>Lock the study</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
