import { Alert, Button, Group, List, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Charter, CharterVersion, InstrumentLine } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { Confirm } from "@/ui/Confirm";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconAlert } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import { DraftForm } from "./DraftForm";
import { printedPath } from "./InForce";
import { useDropAmendment, useFreeze } from "./queries";
import { useDraft } from "./useDraft";

interface Props {
  study: StudyCode;
  charter: Charter;
  version: CharterVersion;
  instruments: InstrumentLine[];
}

/** The draft under work: the first charter, or an amendment with its reason. */
export function Drafting({ study, charter, version, instruments }: Props) {
  const { draft, set, change, save, isSaving, error } = useDraft(study, version);
  const freeze = useFreeze(study);
  const drop = useDropAmendment(study);
  const [isAsking, setAsking] = useState(false);
  const isFirst = charter.versions.length === 0;
  const act = isFirst ? "Open the study" : "Bring the amendment into force";
  const ask = () => void save().then(() => setAsking(true), () => undefined);
  return (
    <Stack gap={24}>
      {!isFirst && (
        <Panel title="Why the charter is amended" description="Stands in the new version and in the record. Readings that exist keep their version.">
          <Textarea aria-label="Reason" autosize minRows={2} maxLength={2000} value={draft.reason} onChange={(event) => change({ reason: event.currentTarget.value })} />
        </Panel>
      )}
      <DraftForm draft={draft} instruments={instruments} practiceSets={charter.practice_sets} onChange={change} onRules={set} />
      {charter.problems.length > 0 && (
        <Alert color="orange" variant="light" icon={<IconAlert />} title="Not yet possible" role="status">
          <List spacing={4}>{charter.problems.map((problem) => <List.Item key={problem}>{problem}</List.Item>)}</List>
        </Alert>
      )}
      {error && <ErrorNotice error={error} />}
      {drop.error && <ErrorNotice error={drop.error} />}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">{isSaving ? "Saving the draft" : "The draft is saved as you go."}</Text>
        <Group gap={8}>
          <Button component="a" href={printedPath(study, version.version)} target="_blank" rel="noreferrer" variant="subtle">Look at it as a page</Button>
          {!isFirst && <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>Give up the amendment</Button>}
          <Button onClick={ask} disabled={charter.problems.length > 0} loading={isSaving && isAsking}>{act}</Button>
        </Group>
      </Group>
      <Confirm
        opened={isAsking} title={isFirst ? "Open this study for reading?" : "Bring this amendment into force?"} action={act}
        isBusy={freeze.isPending} error={freeze.error} onConfirm={() => freeze.mutate(undefined, { onSuccess: () => setAsking(false) })} onCancel={() => { setAsking(false); freeze.reset(); }}
      >
        <Text>
          {isFirst
            ? "From then on these rules are fixed. The hash of the seed that every assignment will follow from is published. A later change is an amendment with a reason."
            : "New readings are made under this version. Readings that exist keep theirs, and the earlier version can always be looked at."}
        </Text>
      </Confirm>
    </Stack>
  );
}
