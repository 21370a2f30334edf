import { Alert, Button, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useReadersPerCase } from "@/api/charter";
import { useMayDo, useStudy, useStudyCode } from "@/api/studies";
import type { Progress, ProgressCards } from "@/api/types";
import { formatTime } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Figure } from "@/ui/Figure";
import { IconAlert, IconGrid } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { StudyNotice } from "@/ui/StudyNotice";
import { LoadPanel } from "./LoadPanel";
import { LockPanel } from "./LockPanel";
import { forecastOf, nextAt, unfinished } from "./load";
import { type GivenReading, MatrixPanel } from "./MatrixPanel";
import { useProgress, useRemind, useSlips } from "./queries";
import { ReassignDialog } from "./ReassignDialog";
import { UnlockPanel } from "./UnlockPanel";

export default function OverviewPage() {
  const study = useStudyCode();
  const progress = useProgress(study);
  const readersPerCase = useReadersPerCase(study);
  const isPractice = useStudy().data?.is_practice ?? false;
  const mayImport = useMayDo("import");
  return (
    <Page title="Overview" description="How far each case has come. This page shows completion and never a value.">
      {progress.isPending && <Loading label="Opening the progress" />}
      {progress.isError && <ErrorNotice error={progress.error} onRetry={() => progress.refetch()} />}
      {progress.data && !isPractice && <StudyNotice study={study} state={progress.data.state} />}
      {progress.data && progress.data.lacking.length > 0 && <Lacking sentences={progress.data.lacking} />}
      {progress.data && (isPractice ? <PracticeCards cards={progress.data.cards} /> : <Cards cards={progress.data.cards} readersPerCase={readersPerCase} />)}
      {progress.data?.cases.length === 0 && (
        <Panel>
          <Empty
            title="No cases yet" icon={<IconGrid size={32} />}
            action={mayImport && <Button component={Link} to={`/studies/${study}/import`}>Import images</Button>}
          >
            A study begins with images: import them, add the people, then assign the cases.
          </Empty>
        </Panel>
      )}
      {progress.data && isPractice && <Readers progress={progress.data} about="Who practises here." mayRemind={false} />}
      {progress.data && !isPractice && progress.data.cases.length > 0 && <Watching progress={progress.data} readersPerCase={readersPerCase} />}
    </Page>
  );
}

/** Where adjudications wait for people. */
function Lacking({ sentences }: { sentences: string[] }) {
  return (
    <Alert color="orange" variant="light" icon={<IconAlert />} title="Adjudication waits" data-testid="lacking-people">
      {sentences.map((sentence) => <Text key={sentence} size="sm">{sentence}</Text>)}
    </Alert>
  );
}

function Watching({ progress, readersPerCase }: { progress: Progress; readersPerCase: number }) {
  const study = useStudy().data;
  const isOpen = progress.state === "open";
  const mayGive = useMayDo("allot") && isOpen;
  const mayLock = useMayDo("lock") && isOpen;
  const slips = useSlips(useStudyCode(), { mayKnow: useMayDo("see requests") });
  const [given, setGiven] = useState<GivenReading | null>(null);
  return (
    <>
      <Readers progress={progress} about={forecastOf(progress)} mayRemind={mayGive} />
      <MatrixPanel cases={progress.cases} readersPerCase={readersPerCase} slips={slips} {...(mayGive && { onGive: setGiven })} />
      <UnlockPanel isLocked={progress.state === "locked"} />
      {mayLock && study && <LockPanel title={study.title} unfinished={unfinished(progress)} />}
      {given && <ReassignDialog given={given} readers={progress.readers} onClose={() => setGiven(null)} />}
    </>
  );
}

function Readers({ progress, about, mayRemind }: { progress: Progress; about: string; mayRemind: boolean }) {
  const remind = useRemind(useStudyCode());
  const [reminded, setReminded] = useState<Record<string, string>>({});
  const ask = (username: string) =>
    remind.mutate(username, {
      onSuccess: ({ goes_out_at_hour }) => setReminded((before) => ({ ...before, [username]: `Mail goes out ${formatTime(nextAt(goes_out_at_hour, new Date()).toISOString())}` })),
    });
  if (progress.readers.length === 0) return null;
  return <LoadPanel progress={progress} about={about} reminded={reminded} error={remind.error} isBusy={remind.isPending} {...(mayRemind && { onRemind: ask })} />;
}

function Cards({ cards, readersPerCase }: { cards: ProgressCards; readersPerCase: number }) {
  return (
    <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(150px, 1fr))", gap: 16 }}>
      <Figure label="Cases to check" value={cards.cases_to_check} note="images not looked at yet" />
      <Figure label="Cases to assign" value={cards.cases_ready} note="images checked" />
      <Figure label="Readings signed" value={<>{cards.readings_signed}<Of n={cards.readings_required} /></>} note={`${readersPerCase === 1 ? "one" : "two"} for each case`} />
      <Figure label="In adjudication" value={cards.adjudications_open} note="two readings differ" />
      <Figure label="Cases settled" value={cards.cases_settled} note="consensus reached" />
    </div>
  );
}

function PracticeCards({ cards }: { cards: ProgressCards }) {
  return (
    <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(150px, 1fr))", gap: 16 }}>
      <Figure label="Cases to check" value={cards.cases_to_check} note="images not looked at yet" />
      <Figure label="Cases checked" value={cards.cases_ready} note="to be practised on once they have references" />
      <Figure label="Practice readings signed" value={cards.readings_signed} note="of everybody who practises here" />
    </div>
  );
}

function Of({ n }: { n: number }) {
  return <span style={{ fontSize: 16, fontWeight: 400, color: "var(--dens-muted)" }}> of {n}</span>;
}
