import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useStudyCode } from "@/api/studies";
import type { Allocation, AllocationRun } from "@/api/types";
import { count } from "@/lib/format";
import { Confirm } from "@/ui/Confirm";
import { CopyLine } from "@/ui/CopyLine";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Figure } from "@/ui/Figure";
import { IconAlert, IconCheck, IconShuffle } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { ReadersPanel } from "./ReadersPanel";
import { RunsPanel } from "./RunsPanel";
import { useAllocation, useAllot } from "./queries";

export default function AssignPage() {
  const allocation = useAllocation(useStudyCode());
  return (
    <Page
      title="Assign"
      description="Every ready case goes to two different readers drawn at random, balanced by reader and by pair. Each reader gets an own order and own codes."
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
  const [isAsking, setIsAsking] = useState(false);
  const { ready_cases: ready, cases_to_check: toCheck, readers, problem, runs } = allocation;
  return (
    <>
      {allot.data && <Done run={allot.data} study={study} />}
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(200px, 1fr))", gap: 16 }}>
        <Figure label="Cases ready" value={ready} note="images checked, not assigned yet" />
        <Figure label="Cases to check" value={toCheck} note={toCheck > 0 ? <ToCheck study={study} /> : "none is waiting"} />
        <Figure label="Readers" value={readers.length} note={readers.length < 2 ? "two are needed at least" : "draw from all of them"} />
        <Figure label="Readings to be made" value={2 * ready} note="two for each case" />
      </div>
      {problem && ready > 0 && <Alert variant="light" color="orange" icon={<IconAlert />} title="Not yet possible">{problem}</Alert>}
      <Group>
        <Button size="md" leftSection={<IconShuffle />} disabled={problem !== null || ready === 0} onClick={() => setIsAsking(true)}>
          {ready > 0 ? `Assign ${count(ready, "case")} to readers` : "Assign cases to readers"}
        </Button>
        {ready === 0 && <Text c="dimmed">{problem ?? "No case is waiting to be assigned."}</Text>}
      </Group>
      <ReadersPanel readers={readers} />
      {runs.length > 0 && <RunsPanel runs={runs} />}
      <Confirm
        opened={isAsking} title={`Assign ${count(ready, "case")} now?`} action="Assign" isBusy={allot.isPending} error={allot.error}
        onCancel={() => setIsAsking(false)} onConfirm={() => allot.mutate(undefined, { onSuccess: () => setIsAsking(false) })}
      >
        <Text>
          {count(2 * ready, "reading")} are drawn and appear in the worklists at once. The images and roles of these cases are fixed from then on. This cannot be undone.
        </Text>
      </Confirm>
    </>
  );
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
