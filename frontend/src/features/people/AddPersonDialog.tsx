import { Alert, Button, Group, Modal, Radio, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { fieldError } from "@/api/errors";
import { useIsLocked, useStudyCode } from "@/api/studies";
import type { GivenRole, MemberInput, NewMember } from "@/api/types";
import { CopyLine } from "@/ui/CopyLine";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconKey } from "@/ui/icons";
import { useAddMember } from "./queries";
import { labelOf, rolesToGive } from "./words";

/** Adds one person; a person without an account gets one, with a password shown this once. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const add = useAddMember(useStudyCode());
  return (
    <Modal
      opened onClose={onClose} size={520} closeOnClickOutside={!add.data?.temporary_password} closeButtonProps={{ "aria-label": "Close" }}
      title={add.data ? `${add.data.full_name} is a member now` : "Add a person"}
    >
      {add.data ? <Added member={add.data} onClose={onClose} onAnother={() => add.reset()} /> : <PersonForm isBusy={add.isPending} error={add.error} onAdd={(member) => add.mutate(member)} />}
    </Modal>
  );
}

function PersonForm({ isBusy, error, onAdd }: { isBusy: boolean; error: unknown; onAdd: (member: MemberInput) => void }) {
  const isLocked = useIsLocked();
  const [member, setMember] = useState<MemberInput>({ username: "", full_name: "", role: isLocked ? "coordinator" : "reader" });
  const field = (name: "username" | "full_name") => ({
    value: member[name],
    error: fieldError(error, name),
    onChange: (event: { currentTarget: HTMLInputElement }) => {
      const { value } = event.currentTarget;
      setMember((before) => ({ ...before, [name]: value }));
    },
    required: true,
    withAsterisk: false,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd({ ...member, username: member.username.trim(), full_name: member.full_name.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        {error != null && <ErrorNotice error={error} />}
        <TextInput label="Full name" description="As it is printed beside signatures." data-autofocus autoComplete="off" {...field("full_name")} />
        <TextInput label="User name" description="What they sign in with. Someone who has an account keeps it." autoComplete="off" autoCapitalize="none" spellCheck={false} {...field("username")} />
        <Radio.Group label="Role" value={member.role} onChange={(role) => setMember((before) => ({ ...before, role: role as GivenRole }))} error={fieldError(error, "role")}>
          <Stack gap={10} mt={8}>
            {rolesToGive(isLocked).map(({ role, label, does }) => <Radio key={role} value={role} label={label} description={does} />)}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button type="submit" loading={isBusy} disabled={!member.username.trim() || !member.full_name.trim()}>Add</Button>
        </Group>
      </Stack>
    </form>
  );
}

function Added({ member, onClose, onAnother }: { member: NewMember; onClose: () => void; onAnother: () => void }) {
  return (
    <Stack gap={16}>
      <Text>{member.full_name} takes part as {labelOf(member.role).toLowerCase()} and signs in as {member.username}.</Text>
      {member.temporary_password ? (
        <Alert variant="light" icon={<IconKey />} title="Temporary password, shown only now">
          <Stack gap={8}>
            <CopyLine value={member.temporary_password} label="Copy the temporary password" size="lg" />
            <Text size="sm">Hand it over in person or by telephone. It must be changed at the first sign-in.</Text>
          </Stack>
        </Alert>
      ) : (
        <Text c="dimmed">There was an account already; its password stays as it is.</Text>
      )}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onAnother}>Add another person</Button>
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
