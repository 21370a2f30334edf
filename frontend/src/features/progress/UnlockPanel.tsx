import { Button, Group, List, Modal, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useMayDo, useStudyCode } from "@/api/studies";
import type { Unlocking } from "@/api/types";
import { formatTime } from "@/lib/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Panel } from "@/ui/Panel";
import { StateMark } from "@/ui/StateMark";
import { useAskUnlocking, useDecideUnlocking, useUnlockings } from "./queries";
import { UNLOCKING_MARKS, outcomeOf, waitingOf } from "./unlocking";

const ABOUT = "One person asks and says why; a second one, who may lock the study too, decides. Both are on record.";

/** A locked study opened again, or not: who asks, who decides, and what was asked before. */
export function UnlockPanel({ isLocked }: { isLocked: boolean }) {
  const study = useStudyCode();
  const mayLock = useMayDo("lock");
  const unlockings = useUnlockings(study, mayLock);
  const [isAsking, setAsking] = useState(false);
  const asked = unlockings.data ?? [];
  const waiting = waitingOf(asked);
  if (!mayLock || (!isLocked && asked.length === 0)) return null;
  return (
    <Panel
      title="Open the study again" description={ABOUT}
      actions={isLocked && <Button variant="default" size="compact-sm" disabled={waiting !== undefined} onClick={() => setAsking(true)} style={{ flexShrink: 0 }}>Ask to unlock</Button>}
    >
      {unlockings.isError && <ErrorNotice error={unlockings.error} onRetry={() => unlockings.refetch()} />}
      <Stack gap={16}>
        {asked.length === 0 && <Text size="sm" c="dimmed">Nobody has asked.</Text>}
        {asked.map((one) => <Request key={one.code} asked={one} />)}
      </Stack>
      {isAsking && <AskDialog onClose={() => setAsking(false)} />}
    </Panel>
  );
}

function Request({ asked }: { asked: Unlocking }) {
  return (
    <Group gap={12} wrap="nowrap" align="flex-start">
      <StateMark {...UNLOCKING_MARKS[asked.state]} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{asked.reason}</Text>
        <Text size="sm" c="dimmed">Asked by {asked.asked_by}, {formatTime(asked.asked_at)}. Locked since {formatTime(asked.locked_at)}.</Text>
        <Text size="sm">{outcomeOf(asked)}{asked.decided_at && `, ${formatTime(asked.decided_at)}`}{asked.note && `: ${asked.note}`}</Text>
        {asked.can_decide && <Decision asked={asked} />}
      </div>
    </Group>
  );
}

function Decision({ asked }: { asked: Unlocking }) {
  const decide = useDecideUnlocking(useStudyCode());
  const [note, setNote] = useState("");
  const send = (grant: boolean) => decide.mutate({ code: asked.code, grant, note: note.trim() });
  return (
    <Stack gap={12} mt={12} maw={640}>
      {decide.isError && <ErrorNotice error={decide.error} />}
      <Textarea
        label="What you found" description="For the record." autosize minRows={2} maxLength={500}
        value={note} onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group gap={8}>
        <Button size="compact-sm" color="red" loading={decide.isPending} onClick={() => send(true)}>Unlock the study</Button>
        <Button size="compact-sm" variant="default" disabled={decide.isPending} onClick={() => send(false)}>Decline</Button>
      </Group>
    </Stack>
  );
}

function AskDialog({ onClose }: { onClose: () => void }) {
  const ask = useAskUnlocking(useStudyCode());
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim()) ask.mutate(reason.trim(), { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} size={560} title="Ask that this study be unlocked?" closeOnClickOutside={false} closeButtonProps={{ "aria-label": "Close" }}>
      <form onSubmit={submit}>
        <Stack gap={16}>
          <List spacing={6}>
            <List.Item>Nothing changes until a second person has decided. You cannot decide yourself.</List.Item>
            <List.Item>The seed of the assignments stays open: no further cases can be assigned in this study.</List.Item>
            <List.Item>What was exported meanwhile stays as it is.</List.Item>
          </List>
          {ask.isError && <ErrorNotice error={ask.error} />}
          <Textarea
            label="Why" description="What must be changed, and how it was found." autosize minRows={2} maxLength={500} data-autofocus
            value={reason} onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>Cancel</Button>
            <Button type="submit" loading={ask.isPending} disabled={reason.trim() === ""}>Ask to unlock</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
