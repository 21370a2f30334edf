import { Stack } from "@mantine/core";
import { useIsLocked, useMayDo, useStudyCode } from "@/api/studies";
import type { Charter, InstrumentLine } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { PageError } from "@/ui/PageError";
import { Drafting } from "./Drafting";
import { Earlier, InForce, Proposed } from "./InForce";
import { useCharter, useInstruments, useWriteDraft } from "./queries";
import { draftOf } from "./useDraft";

export default function CharterPage() {
  const study = useStudyCode();
  const charter = useCharter(study);
  const instruments = useInstruments();
  if (charter.isPending || instruments.isPending) return <Loading label="Opening the charter" />;
  if (charter.isError) return <PageError error={charter.error} onRetry={() => charter.refetch()} />;
  if (instruments.isError) return <PageError error={instruments.error} onRetry={() => instruments.refetch()} />;
  return (
    <Page
      title="Charter" width={760}
      description={
        charter.data.versions.length === 0
          ? "The study's rules of reading. Settle them, then open the study: nothing is assigned before, and nobody can bend them afterwards."
          : "The study's rules of reading. They are fixed; a change is an amendment with a reason, and a new version."
      }
    >
      <Rooms study={study} charter={charter.data} instruments={instruments.data} />
    </Page>
  );
}

function Rooms({ study, charter, instruments }: { study: StudyCode; charter: Charter; instruments: InstrumentLine[] }) {
  const maySet = useMayDo("set the rules");
  const write = useWriteDraft(study);
  const [inForce, ...earlier] = charter.versions;
  const isLocked = useIsLocked();
  const amend = inForce && maySet && !charter.draft && !isLocked ? () => write.mutate(draftOf(inForce, "")) : undefined;
  return (
    <Stack gap={24}>
      {charter.draft && maySet && !isLocked && <Drafting key={charter.draft.version} study={study} charter={charter} version={charter.draft} instruments={instruments} />}
      {write.error && <ErrorNotice error={write.error} />}
      {inForce && <InForce study={study} version={inForce} practiceSets={charter.practice_sets} seedSha256={charter.seed_sha256} {...(amend && { onAmend: amend })} />}
      {charter.draft && !maySet && <Proposed version={charter.draft} practiceSets={charter.practice_sets} isFirst={!inForce} />}
      {earlier.length > 0 && <Earlier study={study} versions={earlier} />}
    </Stack>
  );
}
