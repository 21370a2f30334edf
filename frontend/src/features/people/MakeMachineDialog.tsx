import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { fieldError } from "@/api/errors";
import { useStudyCode } from "@/api/studies";
import type { MachineRights, NewMachine } from "@/api/types";
import { CopyLine } from "@/ui/CopyLine";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconKey } from "@/ui/icons";
import { useMakeMachine } from "./queries";

/** Makes one machine account, whose token is shown this once. */
export function MakeMachineDialog({ onClose }: { onClose: () => void }) {
  const study = useStudyCode();
  const make = useMakeMachine(study);
  return (
    <Modal
      opened onClose={onClose} size={560} closeOnClickOutside={!make.data} closeButtonProps={{ "aria-label": "Close" }}
      title={make.data ? `${make.data.machine.name} is known now` : "Add a machine"}
    >
      {make.data ? <Made made={make.data} address={`${location.origin}/dicomweb/${study}`} onClose={onClose} /> : (
        <MachineForm isBusy={make.isPending} error={make.error} onMake={(machine) => make.mutate(machine)} />
      )}
    </Modal>
  );
}

function MachineForm({ isBusy, error, onMake }: { isBusy: boolean; error: unknown; onMake: (machine: MachineRights) => void }) {
  const [machine, setMachine] = useState<MachineRights>({ name: "", may_store: true, may_fetch: false });
  const set = (change: Partial<MachineRights>) => setMachine((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onMake({ ...machine, name: machine.name.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={16}>
        {error != null && <ErrorNotice error={error} />}
        <TextInput
          label="Name" description="By which the team knows it, such as the archive it stands for." data-autofocus autoComplete="off" maxLength={60}
          value={machine.name} error={fieldError(error, "name")} onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Checkbox
          label="Sends images" description="They are de-identified and checked like those a person drops on the page."
          checked={machine.may_store} onChange={(event) => set({ may_store: event.currentTarget.checked })}
        />
        <Checkbox
          label="Fetches images" description="De-identified ones of every case of this study, also of cases nobody has checked. Never give this to a reader."
          checked={machine.may_fetch} onChange={(event) => set({ may_fetch: event.currentTarget.checked })}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={isBusy} disabled={!machine.name.trim() || !(machine.may_store || machine.may_fetch)}>Add</Button>
        </Group>
      </Stack>
    </form>
  );
}

function Made({ made, address, onClose }: { made: NewMachine; address: string; onClose: () => void }) {
  return (
    <Stack gap={16}>
      <div>
        <Text size="sm" mb={4}>It speaks DICOMweb at this address, once the administrator of the server has switched that on:</Text>
        <CopyLine value={address} label="Copy the address" />
      </div>
      <Alert variant="light" icon={<IconKey />} title="Token, shown only now">
        <Stack gap={8}>
          <CopyLine value={made.token} label="Copy the token" />
          <Text size="sm">Enter it in the machine as bearer token. Whoever has it can do what the machine may do: do not send it by e-mail.</Text>
        </Stack>
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  );
}
