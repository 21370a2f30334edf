import { useStudy, useStudyCode } from "@/api/studies";
import type { References } from "@/api/types";
import { Code } from "@/ui/Code";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Figure } from "@/ui/Figure";
import { IconCheck } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { EnterPanel } from "./EnterPanel";
import { useEnterReferences, useReferences } from "./queries";

export default function ReferencesPage() {
  const study = useStudyCode();
  const references = useReferences(study);
  const enter = useEnterReferences(study);
  const instrument = useStudy().data?.instrument.title ?? "";
  return (
    <Page title="References" width={840} description="The right answers of this practice set. Readers see the reference of a site after their own first answer to it, and never before.">
      {references.isPending && <Loading label="Opening the references" />}
      {references.isError && <ErrorNotice error={references.error} onRetry={() => references.refetch()} />}
      {references.data && <Known references={references.data} />}
      <EnterPanel instrument={instrument} isBusy={enter.isPending} error={enter.error} isDone={enter.isSuccess} onEnter={(csv) => enter.mutate(csv)} onEdit={enter.reset} />
    </Page>
  );
}

function Known({ references: { n_cases, n_ready, cases } }: { references: References }) {
  return (
    <>
      <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(200px, 1fr))", gap: 16 }}>
        <Figure label="Cases" value={n_cases} note="in this practice set" />
        <Figure label="With references" value={cases.length} note={cases.length < n_cases ? "the others are not practised on" : "all of them"} />
        <Figure label="Ready to practise" value={n_ready} note="checked, and with references" />
      </div>
      <Panel title="Cases with references" description="Once a case was practised on, its references stay as they are.">
        {cases.length === 0 ? <Empty title="None yet" icon={<IconCheck size={32} />}>Enter a table below.</Empty> : (
          <ul style={{ display: "flex", flexWrap: "wrap", gap: "6px 20px", margin: 0, padding: 0, listStyle: "none" }}>
            {cases.map((code) => <li key={code}><Code>{code}</Code></li>)}
          </ul>
        )}
      </Panel>
    </>
  );
}
