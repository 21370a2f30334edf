import { useMayDo, useStudyCode } from "@/api/studies";
import { saveFile } from "@/lib/saveFile";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { CovariatesPanel } from "./CovariatesPanel";
import { EnterPanel } from "./EnterPanel";
import { useCovariates, useEnterCovariates } from "./queries";
import { csvOf, fileName } from "./table";
import { doneOf } from "./words";

export default function ParticipantsPage() {
  const study = useStudyCode();
  const covariates = useCovariates(study);
  const enter = useEnterCovariates(study);
  const mayEnter = useMayDo("enter facts");
  const known = covariates.data;
  return (
    <Page title="Participants" description="What is known of the participants beside their images. Readers and adjudicators never see any of it.">
      {covariates.isPending && <Loading label="Opening the participants" />}
      {covariates.isError && <ErrorNotice error={covariates.error} onRetry={() => covariates.refetch()} />}
      {known && <CovariatesPanel covariates={known} onDownload={() => saveFile(fileName(study, known.version), csvOf(known), "text/csv;charset=utf-8")} />}
      {known && mayEnter && <EnterPanel isBusy={enter.isPending} done={doneOf(enter.data)} error={enter.error} onEnter={(csv) => enter.mutate(csv)} onEdit={enter.reset} />}
    </Page>
  );
}
