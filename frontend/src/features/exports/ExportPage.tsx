import { Anchor, Button, Code as Inline, Group, List, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import { Link } from "react-router";
import { useStudyCode } from "@/api/studies";
import type { ConsensusExport } from "@/api/types";
import { formatBytes, formatTime } from "@/lib/format";
import { CopyLine } from "@/ui/CopyLine";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { IconDownload } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { StateMark } from "@/ui/StateMark";
import { Fragment } from "react";
import { useExports, useRequestExport } from "./queries";
import { CONTENTS, STATES, isUnderWay, madeBefore, progressOf } from "./words";

export default function ExportPage() {
  const study = useStudyCode();
  const exports = useExports(study);
  const request = useRequestExport(study);
  const isBusy = request.isPending || (exports.data?.some(isUnderWay) ?? false);
  return (
    <Page
      title="Export" description="The consensus and every reading, with everything needed to trace and to analyse them. The same data always give the same bytes."
      actions={<Button onClick={() => request.mutate()} loading={isBusy}>Build an export</Button>}
    >
      {request.isError && <ErrorNotice error={request.error} />}
      <Panel title="What is inside" description={<>Where a number comes from, who said it and when: <Anchor component={Link} to={`/studies/${study}/explain`} underline="always" inherit>Explain</Anchor> opens the history of every cell.</>}>
        <Text size="sm" mb={8}>One zip. README.txt in it says what each file is; verify_export.py says whether one was altered.</Text>
        <List spacing={4}>
          {CONTENTS.map(({ names, what }) => (
            <List.Item key={what}>
              {names.map((name) => <Fragment key={name}><Inline>{name}</Inline> </Fragment>)}
              {what}
            </List.Item>
          ))}
        </List>
      </Panel>
      {exports.isPending && <Loading label="Opening the exports" />}
      {exports.isError && <ErrorNotice error={exports.error} onRetry={() => exports.refetch()} />}
      {exports.data && (
        <Panel flush title="Exports of this study" description="Each download is recorded.">
          {exports.data.length === 0 ? <Empty title="No export yet" icon={<IconDownload size={32} />}>Build one whenever you need it; earlier ones stay.</Empty> : <ExportGrid exports={exports.data} />}
        </Panel>
      )}
    </Page>
  );
}

function ExportGrid({ exports }: { exports: ConsensusExport[] }) {
  return (
    <Grid label="Exports">
      <thead>
        <tr>
          <th scope="col">Requested</th>
          <th scope="col">State</th>
          <th scope="col" style={{ textAlign: "right" }}>Size</th>
          <th scope="col">SHA-256</th>
          <th scope="col" style={{ width: 140 }}><VisuallyHidden>Download</VisuallyHidden></th>
        </tr>
      </thead>
      <tbody>
        {exports.map((one) => <Row key={one.code} one={one} />)}
      </tbody>
    </Grid>
  );
}

function Row({ one }: { one: ConsensusExport }) {
  return (
    <tr>
      <td style={{ whiteSpace: "nowrap" }}>{formatTime(one.requested_at)}</td>
      <td>
        <Group gap={8} wrap="nowrap">
          <StateMark mark={STATES[one.state].mark} label={STATES[one.state].label} />
          <Text size="sm">{one.state === "failed" && one.message ? one.message : progressOf(one)}</Text>
        </Group>
        {one.n_superseded > 0 && <Text size="sm" c="orange.9">{madeBefore(one)}</Text>}
      </td>
      <td style={{ textAlign: "right" }}>{one.bytes > 0 ? formatBytes(one.bytes) : "–"}</td>
      <td>{one.sha256 ? <Checksum sha256={one.sha256} /> : "–"}</td>
      <td style={{ textAlign: "right" }}>
        {one.state === "ready" && (
          <Button component="a" href={`/api/exports/${one.code}/file`} download size="compact-sm" variant="light" leftSection={<IconDownload size={14} />}>
            Download
          </Button>
        )}
      </td>
    </tr>
  );
}

function Checksum({ sha256 }: { sha256: string }) {
  return (
    <Tooltip label={sha256}>
      <div><CopyLine value={sha256} shown={`${sha256.slice(0, 12)}…`} label="Copy the SHA-256" /></div>
    </Tooltip>
  );
}
