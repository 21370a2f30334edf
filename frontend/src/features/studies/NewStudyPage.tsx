import { Alert, Anchor, Button, Checkbox, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useNavigate } from "react-router";
import { fieldError } from "@/api/errors";
import type { InstrumentLine } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconInfo } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { PageError } from "@/ui/PageError";
import { Panel } from "@/ui/Panel";
import { useInstruments, useOpenStudy } from "./queries";
import { explainStatus } from "./words";

export default function NewStudyPage() {
  const instruments = useInstruments();
  if (instruments.isPending) return <Loading label="Opening the instruments" />;
  if (instruments.isError) return <PageError error={instruments.error} onRetry={() => instruments.refetch()} />;
  return (
    <Page
      title="New study"
      description={<>You become its coordinator. <Anchor component={Link} to="/studies" underline="always">Back to the studies</Anchor></>}
      width={640}
    >
      <Panel>
        <StudyForm instruments={instruments.data} />
      </Panel>
    </Page>
  );
}

function StudyForm({ instruments }: { instruments: InstrumentLine[] }) {
  const open = useOpenStudy();
  const navigate = useNavigate();
  const [title, setTitle] = useState("");
  const [reference, setReference] = useState(instruments[0]?.reference ?? "");
  const [isPractice, setPractice] = useState(false);
  const [keepsOriginals, setKeepsOriginals] = useState(false);
  const chosen = instruments.find((instrument) => instrument.reference === reference);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate(
      { title, instrument: reference, is_practice: isPractice, keeps_originals: keepsOriginals },
      { onSuccess: (study) => navigate(`/studies/${study.code}/${isPractice ? "import" : "charter"}`) },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={24}>
        {open.isError && <ErrorNotice error={open.error} />}
        <TextInput
          label="Title" description="What the study is called in your team. No patient's name." required withAsterisk={false} maxLength={200} autoFocus
          value={title} onChange={(event) => setTitle(event.currentTarget.value)} error={fieldError(open.error, "title")}
        />
        <Radio.Group
          label="Instrument" description="The scoring system of the readers. It stays from the first assigned case on."
          value={reference} onChange={setReference} error={fieldError(open.error, "instrument")}
        >
          <Stack gap={8} mt={8}>
            {instruments.map((instrument) => <InstrumentCard key={instrument.reference} instrument={instrument} />)}
          </Stack>
        </Radio.Group>
        {chosen && <Alert variant="light" icon={<IconInfo />}>{explainStatus(chosen.status)}</Alert>}
        <Checkbox
          label="This is a practice set" checked={isPractice} onChange={(event) => setPractice(event.currentTarget.checked)}
          description="Its cases get reference scores, and readers of other studies practise on them. Nothing of it is ever study data."
        />
        <Checkbox
          label="Keep the original files, sealed" checked={keepsOriginals} onChange={(event) => setKeepsOriginals(event.currentTarget.checked)}
          description="Normally originals are destroyed once they are imported. Sealed ones can be opened only by whoever holds your institution's private key."
        />
        <Group justify="flex-end">
          <Button type="submit" loading={open.isPending} disabled={!title.trim() || !reference}>{isPractice ? "Make the practice set" : "Make the study"}</Button>
        </Group>
      </Stack>
    </form>
  );
}

function InstrumentCard({ instrument }: { instrument: InstrumentLine }) {
  return (
    <Radio.Card value={instrument.reference} p={16} radius={8}>
      <Group wrap="nowrap" align="flex-start">
        <Radio.Indicator mt={2} />
        <div>
          <Text fw={500}>{instrument.title}</Text>
          <Text size="sm" c="dimmed">
            {instrument.n_sites} sites, total 0 to {instrument.max_total} · version {instrument.version} · {instrument.status}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}
