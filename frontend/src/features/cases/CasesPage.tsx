import { Button, Chip, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useCases } from "@/api/cases";
import { useMayDo, useStudyCode } from "@/api/studies";
import type { Case } from "@/api/types";
import { useShown } from "@/lib/useShown";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconLayers } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { CasePanel } from "./CasePanel";
import { useFacts } from "./queries";
import { FILTERS, type Filter, filterOf, matching } from "./words";

export default function CasesPage() {
  const study = useStudyCode();
  const cases = useCases(study);
  const mayImport = useMayDo("import");
  return (
    <Page title="Cases" description="The role of a series comes from its physics. Correct it where it is wrong. Readers see a case only after a person has checked its images.">
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
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search.get("show"));
  const [text, setText] = useState("");
  const facts = useFacts(useStudyCode(), useMayDo("see facts")).data;
  const found = matching(cases, filter, text);
  const { shown, hidden, showMore } = useShown(found, 50);
  return (
    <Stack gap={16}>
      <Group justify="space-between">
        <Chip.Group value={filter} onChange={(value) => setSearch(value === "all" ? {} : { show: value as Filter }, { replace: true })}>
          <Group gap={8} role="radiogroup" aria-label="Which cases to show">
            {(Object.keys(FILTERS) as Filter[]).map((one) => (
              <Chip key={one} value={one} size="xs">{FILTERS[one]} {matching(cases, one).length}</Chip>
            ))}
          </Group>
        </Chip.Group>
        <TextInput placeholder="Find a subject or code" aria-label="Find a subject or code" size="xs" w={220} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </Group>
      {found.length === 0 && <Panel><Empty title="No such case">No case matches the filter.</Empty></Panel>}
      {shown.map((one) => <CasePanel key={one.code} one={one} facts={facts?.get(one.code)} />)}
      {hidden > 0 && <Button variant="default" onClick={showMore}>Show more ({hidden} left)</Button>}
    </Stack>
  );
}
