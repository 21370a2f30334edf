import { useStudyCode } from "@/api/studies";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconScales } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { Downloads } from "./Downloads";
import { useAgreement } from "./queries";
import { Report } from "./Report";

export default function AgreementPage() {
  const study = useStudyCode();
  const agreement = useAgreement(study);
  return (
    <Page
      title="Agreement" width={1320} description="How far two independent readings agree before adjudication, from signed readings only. Readers never see this page."
      actions={agreement.data?.state === "ready" && <Downloads study={study} />}
    >
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
      {agreement.data?.state === "ready" && <Report study={study} report={agreement.data} />}
    </Page>
  );
}
