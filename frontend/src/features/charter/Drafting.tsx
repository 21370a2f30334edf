import { Button, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Charter, CharterVersion, InstrumentLine } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { Confirm } from "@/ui/Confirm";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Changes } from "./Changes";
import { DraftFoot } from "./DraftFoot";
import { DraftForm } from "./DraftForm";
import { printedPath } from "./InForce";
import { useDropAmendment, useFreeze } from "./queries";
import { Section } from "./Section";
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
  const drop = useDropAmendment(study);
  const [isAsking, setAsking] = useState(false);
  const inForce = charter.versions[0];
  const { problems } = charter;
  const changes = inForce && <Changes before={inForce} after={draft} instruments={instruments} practiceSets={charter.practice_sets} />;
  return (
    <Stack gap={24}>
      {inForce && (
        <Section
          part="amendment" title="Why the charter is amended" problems={problems}
          description="Stands in the new version and in the record. Readings that exist keep the version they were made under."
        >
          <Textarea aria-label="Reason" autosize minRows={2} maxLength={2000} value={draft.reason} onChange={(event) => change({ reason: event.currentTarget.value })} />
          {changes}
        </Section>
      )}
      <DraftForm draft={draft} instruments={instruments} practiceSets={charter.practice_sets} problems={problems} onChange={change} onRules={set} />
      {error && <ErrorNotice error={error} title="The draft is not saved" onRetry={() => void save().catch(() => undefined)} />}
      {drop.error && <ErrorNotice error={drop.error} />}
      <DraftFoot
        problems={problems} isSaving={isSaving} isSaved={!error} act={inForce ? "Bring into force" : "Open the study"}
        onAct={() => void save().then(() => setAsking(true), () => undefined)}
      >
        <Button component="a" href={printedPath(study, version.version)} target="_blank" rel="noreferrer" variant="subtle">Look at it as a page</Button>
        {inForce && <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>Give up the amendment</Button>}
      </DraftFoot>
      <Freezing study={study} opened={isAsking && problems.length === 0} isFirst={!inForce} onClose={() => setAsking(false)}>{changes}</Freezing>
    </Stack>
  );
}

/** The last question: from here on the rules are fixed. */
function Freezing({ study, opened, isFirst, onClose, children }: { study: StudyCode; opened: boolean; isFirst: boolean; onClose: () => void; children: ReactNode }) {
  const freeze = useFreeze(study);
  const open = () => {
    close();
    window.scrollTo({ top: 0 }); // what is in force stands at the top, and the form is gone
  };
  const close = () => {
    freeze.reset();
    onClose();
  };
  return (
    <Confirm
      opened={opened} title={isFirst ? "Open this study for reading?" : "Bring this amendment into force?"} action={isFirst ? "Open the study" : "Bring into force"}
      isBusy={freeze.isPending} error={freeze.error} onConfirm={() => freeze.mutate(undefined, { onSuccess: open })} onCancel={close}
    >
      {children}
      <Text>
        {isFirst
          ? "From then on these rules are fixed. The hash of the seed that every assignment will follow from is published. A later change is an amendment with a reason."
          : "New readings are made under this version. Readings that exist keep theirs, and the earlier version can always be looked at."}
      </Text>
    </Confirm>
  );
}
