import { Badge, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useStudyCode } from "@/api/studies";
import type { Unblinding } from "@/api/types";
import { formatDay, formatTime } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconCheck, IconPlus } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Panel } from "@/ui/Panel";
import classes from "./EntryItem.module.css";
import { UnblindingDialog } from "./UnblindingDialog";
import { useUnblindings } from "./queries";
import { inOrder, QUESTIONS } from "./unblinding";

const ABOUT = "Whenever somebody who reads or decides learned what they should not know, or is meant to. A record is never changed; what is learned later is a further one.";

/** What is on record of broken blinding. */
export function UnblindingPanel() {
  const records = useUnblindings(useStudyCode());
  const [isRecording, setRecording] = useState(false);
  const record = <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setRecording(true)} style={{ flexShrink: 0 }}>Record an unblinding</Button>;
  return (
    <Panel flush title="Unblinding" description={ABOUT} actions={record}>
      {records.isPending && <Loading label="Opening the records" />}
      {records.isError && <ErrorNotice error={records.error} onRetry={() => records.refetch()} />}
      {records.data?.length === 0 && <Empty title="No unblinding on record" icon={<IconCheck size={32} />}>Nobody has told of one.</Empty>}
      <ul className={classes.list} aria-label="Unblindings">
        {inOrder(records.data ?? []).map((one) => <Record key={one.code} record={one} />)}
      </ul>
      {isRecording && <UnblindingDialog onClose={() => setRecording(false)} />}
    </Panel>
  );
}

function Record({ record }: { record: Unblinding }) {
  return (
    <li className={classes.record}>
      <Group gap={10}>
        <Text component="h3" m={0} fw={600}>{formatDay(record.happened_on)}</Text>
        <Badge variant="light" color={record.is_planned ? "gray" : "orange"} tt="none" fw={500}>{record.is_planned ? "Planned" : "Accidental"}</Badge>
      </Group>
      <dl>
        {QUESTIONS.map(({ name, label }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{record[name]}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.origin}>Recorded by {record.recorded_by}, {formatTime(record.recorded_at)}</p>
    </li>
  );
}
