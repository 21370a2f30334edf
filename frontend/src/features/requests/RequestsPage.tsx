import { Button, Center, Chip, Group } from "@mantine/core";
import { useState } from "react";
import { useRequests } from "@/api/requests";
import { useStudyCode } from "@/api/studies";
import type { Requests } from "@/api/types";
import { useShown } from "@/lib/useShown";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconCheck } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { EntryItem } from "./EntryItem";
import classes from "./EntryItem.module.css";
import { UnblindingPanel } from "./UnblindingPanel";
import { doneIn, entryKey, waitingIn } from "./words";

const ABOUT = "Problems that readers see in the images, and signed readings they ask to change. Readers learn nothing of each other's, and never see a note.";

export default function RequestsPage() {
  const requests = useRequests(useStudyCode());
  return (
    <Page title="Requests" description={ABOUT} width={960}>
      {requests.isPending && <Loading label="Opening the requests" />}
      {requests.isError && <ErrorNotice error={requests.error} onRetry={() => requests.refetch()} />}
      {requests.data && <RequestList requests={requests.data} />}
      <UnblindingPanel />
    </Page>
  );
}

type Side = "waiting" | "done";

const SIDES: Record<Side, { label: string; nothing: string; text: string }> = {
  waiting: { label: "Waiting", nothing: "Nothing waits", text: "What readers report or ask for appears here." },
  done: { label: "Done", nothing: "Nothing is done yet", text: "What was closed or decided stays here, with its note." },
};

function RequestList({ requests }: { requests: Requests }) {
  const [side, setSide] = useState<Side>("waiting");
  const entries = { waiting: waitingIn(requests), done: doneIn(requests) };
  const { shown, hidden, showMore } = useShown(entries[side], 50);
  return (
    <>
      <Chip.Group value={side} onChange={(value) => setSide(value as Side)}>
        <Group gap={8} role="radiogroup" aria-label="Which requests to show">
          {(Object.keys(SIDES) as Side[]).map((one) => <Chip key={one} value={one} size="xs">{SIDES[one].label} {entries[one].length}</Chip>)}
        </Group>
      </Chip.Group>
      <Panel flush>
        {entries[side].length === 0 && <Empty title={SIDES[side].nothing} icon={<IconCheck size={32} />}>{SIDES[side].text}</Empty>}
        <ul className={classes.list} aria-label={`Requests, ${side}`}>
          {shown.map((entry) => <EntryItem key={entryKey(entry)} entry={entry} />)}
        </ul>
        {hidden > 0 && <Center p="sm"><Button variant="subtle" size="xs" onClick={showMore}>Show more ({hidden} left)</Button></Center>}
      </Panel>
    </>
  );
}
