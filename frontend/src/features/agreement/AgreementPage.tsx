import { Group, Text } from "@mantine/core";
import { useStudyCode } from "@/api/studies";
import type { AgreementReport, SumAgreement } from "@/api/types";
import { count, formatTime } from "@/lib/format";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconScales } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { ItemsPanel } from "./ItemsPanel";
import { useAgreement } from "./queries";
import { show } from "./statistic";

export default function AgreementPage() {
  const agreement = useAgreement(useStudyCode());
  return (
    <Page title="Agreement" description="How far two independent readings agree before adjudication, from signed readings only. Readers never see this page.">
      {agreement.isPending && <Loading label="Opening the agreement" />}
      {agreement.isError && <ErrorNotice error={agreement.error} onRetry={() => agreement.refetch()} />}
      {agreement.data?.state === "none" && (
        <Panel>
          <Empty title="Not computed yet" icon={<IconScales size={32} />}>
            Agreement is computed by itself as soon as both readings of a case are signed.
          </Empty>
        </Panel>
      )}
      {agreement.data?.state === "withheld" && (
        <Panel>
          <Empty title="Not shown yet" icon={<IconScales size={32} />}>{agreement.data.withheld}</Empty>
        </Panel>
      )}
      {agreement.data?.state === "ready" && <Report report={agreement.data} />}
    </Page>
  );
}

function Report({ report }: { report: AgreementReport }) {
  return (
    <>
      <Text c="dimmed">Computed {formatTime(report.computed_at)} from {count(report.n_cases, "case")}.</Text>
      {report.sums.map((sum) => <Sum key={sum.name} sum={sum} />)}
      <ItemsPanel items={report.items} />
    </>
  );
}

function Sum({ sum }: { sum: SumAgreement }) {
  const { estimate, interval, sentence, isMuted } = show(sum.icc, "coefficient");
  return (
    <Panel title={`${sum.label} score`}>
      <Group gap={48} align="flex-start">
        <div>
          <Text size="sm" c="dimmed">Intraclass correlation</Text>
          {isMuted ? (
            <Text c="dimmed" maw={520}>{estimate && `${estimate} `}{sentence}</Text>
          ) : (
            <Text fz={28} lh="36px" fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>
              {estimate}
              {interval && <Text span fz={16} c="dimmed" fw={400}> {interval} (95 % interval)</Text>}
            </Text>
          )}
          {!isMuted && sentence && <Text size="sm" c="dimmed">{sentence}</Text>}
        </div>
        <div>
          <Text size="sm" c="dimmed">Pairs</Text>
          <Text>{sum.n_pairs} used, {sum.n_excluded} left out</Text>
        </div>
        <div style={{ flex: 1, minWidth: 240 }}>
          <Text size="sm" c="dimmed">Method</Text>
          <Text>{sum.icc.method}</Text>
        </div>
      </Group>
    </Panel>
  );
}
