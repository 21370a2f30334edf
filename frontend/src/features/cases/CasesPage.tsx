import { Button, Chip, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { useMayDo, useStudyCode } from "@/api/studies";
import type { Case, CaseState } from "@/api/types";
import { useShown } from "@/lib/useShown";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconLayers } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { CasePanel } from "./CasePanel";
import { useCases } from "./queries";
import { STATES, matching } from "./words";

export default function CasesPage() {
  const study = useStudyCode();
  const cases = useCases(study);
  const mayImport = useMayDo("import");
  return (
    <Page title="Cases" description="The role of a series comes from its physics. Correct it where it is wrong, before the case is assigned.">
      {cases.isPending && <Loading label="Opening the cases" />}
      {cases.isError && <ErrorNotice error={cases.error} onRetry={() => cases.refetch()} />}
      {cases.data?.length === 0 && (
        <Panel>
          <Empty
            title="No cases yet" icon={<IconLayers size={32} />}
            action={mayImport && <Button component={Link} to={`/studies/${study}/import`}>Import images</Button>}
          >
            Cases appear here as soon as images are imported.
          </Empty>
        </Panel>
      )}
      {cases.data && cases.data.length > 0 && <CaseList cases={cases.data} />}
    </Page>
  );
}

function CaseList({ cases }: { cases: Case[] }) {
  const [state, setState] = useState<CaseState | "all">("all");
  const [text, setText] = useState("");
  const found = matching(cases, state, text);
  const { shown, hidden, showMore } = useShown(found, 50);
  const n = (one: CaseState) => cases.filter((each) => each.state === one).length;
  return (
    <Stack gap={16}>
      <Group justify="space-between">
        <Chip.Group value={state} onChange={(value) => setState(value as CaseState | "all")}>
          <Group gap={8} role="radiogroup" aria-label="Which cases to show">
            <Chip value="all" size="xs">All {cases.length}</Chip>
            {(Object.keys(STATES) as CaseState[]).map((one) => (
              <Chip key={one} value={one} size="xs">{STATES[one].label} {n(one)}</Chip>
            ))}
          </Group>
        </Chip.Group>
        <TextInput placeholder="Find a subject or code" aria-label="Find a subject or code" size="xs" w={220} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </Group>
      {found.length === 0 && <Panel><Empty title="No such case">No case matches the filter.</Empty></Panel>}
      {shown.map((one) => <CasePanel key={one.code} one={one} />)}
      {hidden > 0 && <Button variant="default" onClick={showMore}>Show more ({hidden} left)</Button>}
    </Stack>
  );
}
