import { Button, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useIsLocked, useStudyCode } from "@/api/studies";
import type { Machine } from "@/api/types";
import { formatTime } from "@/lib/format";
import { Confirm } from "@/ui/Confirm";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { IconPlus } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Panel } from "@/ui/Panel";
import { MakeMachineDialog } from "./MakeMachineDialog";
import { useEndMachine, useMachines } from "./queries";
import { rightsOf } from "./words";

const ABOUT = "Programs and scanners that send images into this study, or fetch de-identified ones, over DICOM. Few studies need one.";

/** The machines that may speak for the study. */
export function MachinesPanel() {
  const machines = useMachines(useStudyCode());
  const [isMaking, setIsMaking] = useState(false);
  const [ending, setEnding] = useState<Machine | null>(null);
  const isLocked = useIsLocked();
  const make = !isLocked && (
    <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setIsMaking(true)} style={{ flexShrink: 0 }}>
      Add a machine
    </Button>
  );
  return (
    <Panel title="Machines" description={ABOUT} actions={make} flush={Boolean(machines.data?.length)}>
      {machines.isPending && <Loading label="Opening the machines" />}
      {machines.isError && <ErrorNotice error={machines.error} onRetry={() => machines.refetch()} />}
      {machines.data?.length === 0 && <Text c="dimmed" size="sm">None yet.</Text>}
      {machines.data && machines.data.length > 0 && <MachineGrid machines={machines.data} onEnd={setEnding} />}
      {isMaking && <MakeMachineDialog onClose={() => setIsMaking(false)} />}
      {ending && <EndDialog machine={ending} onClose={() => setEnding(null)} />}
    </Panel>
  );
}

function MachineGrid({ machines, onEnd }: { machines: Machine[]; onEnd: (machine: Machine) => void }) {
  return (
    <Grid label="Machines">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">What it does</th>
          <th scope="col">Last used</th>
          <th scope="col" style={{ width: 140 }}><VisuallyHidden>End</VisuallyHidden></th>
        </tr>
      </thead>
      <tbody>
        {machines.map((machine) => (
          <tr key={machine.code}>
            <td><Text fw={500} size="sm">{machine.name}</Text></td>
            <td>{rightsOf(machine)}</td>
            <td>{machine.last_used_at ? formatTime(machine.last_used_at) : "Never"}</td>
            <td style={{ textAlign: "right" }}>
              <Button variant="subtle" color="red" size="compact-sm" onClick={() => onEnd(machine)} aria-label={`End ${machine.name}`}>End</Button>
            </td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}

function EndDialog({ machine, onClose }: { machine: Machine; onClose: () => void }) {
  const end = useEndMachine(useStudyCode());
  return (
    <Confirm
      opened title={`End ${machine.name}?`} action="End" isDangerous isBusy={end.isPending} error={end.error}
      onConfirm={() => end.mutate(machine.code, { onSuccess: onClose })} onCancel={onClose}
    >
      <Text>It can no longer send or fetch anything, and this cannot be taken back. What it sent stays.</Text>
    </Confirm>
  );
}
