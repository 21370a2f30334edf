import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useReadersPerCase } from "@/api/charter";
import { useStudy, useStudyCode } from "@/api/studies";
import { useCentres, useChangeMember, useMembers } from "@/api/team";
import type { Allocation, AllocationRun, ReaderSettings } from "@/api/types";
import { count } from "@/lib/format";
import { Confirm } from "@/ui/Confirm";
import { CopyLine } from "@/ui/CopyLine";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Figure } from "@/ui/Figure";
import { IconAlert, IconCheck, IconShuffle } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { StudyNotice } from "@/ui/StudyNotice";
import { ReadersPanel } from "./ReadersPanel";
import { RunsPanel } from "./RunsPanel";
import { SeedPanel } from "./SeedPanel";
import { useAllocation, useAllot } from "./queries";

export default function AssignPage() {
  const allocation = useAllocation(useStudyCode());
  return (
    <Page
      title="Assign"
      description="Every ready case goes to readers drawn at random, balanced by reader and by pair. Each reader gets an own order and own codes."
    >
      {allocation.isPending && <Loading label="Opening the allocation" />}
      {allocation.isError && <ErrorNotice error={allocation.error} onRetry={() => allocation.refetch()} />}
      {allocation.data && <Assigning allocation={allocation.data} />}
    </Page>
  );
}

function Assigning({ allocation }: { allocation: Allocation }) {
  const study = useStudyCode();
  const allot = useAllot(study);
  const state = useStudy().data?.state ?? "open";
  const perCase = useReadersPerCase(study);
  const [isAsking, setIsAsking] = useState(false);
  const { ready_cases: ready, cases_to_check: toCheck, readers, problem, runs } = allocation;
  return (
    <>
      <StudyNotice study={study} state={state} />
      {allot.data && <Done run={allot.data} study={study} />}
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(200px, 1fr))", gap: 16 }}>
        <Figure label="Cases ready" value={ready} note="images checked, not assigned yet" />
        <Figure label="Cases to check" value={toCheck} note={toCheck > 0 ? <ToCheck study={study} /> : "none is waiting"} />
        <Figure label="Readers" value={readers.length} note={awayNote(readers)} />
        <Figure label="Readings to be made" value={perCase * ready} note={perCase === 1 ? "one for each case" : "two for each case"} />
      </div>
      {problem && ready > 0 && state === "open" && <Alert variant="light" color="orange" icon={<IconAlert />} title="Not yet possible">{problem}</Alert>}
      <Group>
        <Button size="md" leftSection={<IconShuffle />} disabled={problem !== null || ready === 0} onClick={() => setIsAsking(true)}>
          {ready > 0 ? `Assign ${count(ready, "case")} to readers` : "Assign cases to readers"}
        </Button>
        {ready === 0 && state === "open" && <Text c="dimmed">{problem ?? "No case is waiting to be assigned."}</Text>}
      </Group>
      <Readers readers={readers} mayChange={state !== "locked"} />
      {allocation.seed_sha256 && <SeedPanel seedSha256={allocation.seed_sha256} seed={allocation.seed} nRuns={runs.length} />}
      {runs.length > 0 && <RunsPanel runs={runs} />}
      <Confirm
        opened={isAsking} title={`Assign ${count(ready, "case")} now?`} action="Assign" isBusy={allot.isPending} error={allot.error}
        onCancel={() => setIsAsking(false)} onConfirm={() => allot.mutate(undefined, { onSuccess: () => setIsAsking(false) })}
      >
        <Text>
          {count(perCase * ready, "reading")} are drawn and appear in the worklists at once. The images and roles of these cases are fixed from then on. This cannot be undone.
        </Text>
      </Confirm>
    </>
  );
}

/** Settings go with the member they are of, for the server takes all of a member together. */
function Readers({ readers, mayChange }: { readers: Allocation["readers"]; mayChange: boolean }) {
  const study = useStudyCode();
  const members = useMembers(study).data;
  const centres = useCentres(study).data ?? [];
  const { mutate, error } = useChangeMember(study);
  const change = (username: string, changed: Partial<ReaderSettings>) => {
    const member = members?.find((one) => one.username === username);
    if (member) mutate({ member, change: changed });
  };
  return <ReadersPanel readers={readers} centres={centres.map(({ name }) => name)} mayChange={mayChange && members !== undefined} error={error} onChange={change} />;
}

function awayNote(readers: Allocation["readers"]): string {
  if (readers.length === 0) return "none yet";
  const away = readers.filter((reader) => reader.is_away).length;
  return away === 0 ? "draw from all of them" : `${away} away, not drawn`;
}

/** A case that nobody has looked at is not drawn; this is the way to those cases. */
function ToCheck({ study }: { study: string }) {
  return <Anchor component={Link} to={`/studies/${study}/cases?show=to_check`} size="sm" underline="always">Check their images</Anchor>;
}

function Done({ run, study }: { run: AllocationRun; study: string }) {
  return (
    <Alert variant="light" color="green" icon={<IconCheck />} title={`${count(run.n_cases, "case")} assigned in ${count(run.n_readings, "reading")}`} role="status">
      <Stack gap={8}>
        <Group gap={8}>
          <Text size="md">Hash of the plan:</Text>
          <CopyLine value={run.plan_sha256} label="Copy the hash of the plan" />
        </Group>
        <Text size="sm">The same cases, readers and seed give the same plan again. <Anchor component={Link} to={`/studies/${study}`} size="sm" underline="always">Watch the progress</Anchor></Text>
      </Stack>
    </Alert>
  );
}
