import { Empty } from "@/ui/Empty";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { PageError } from "@/ui/PageError";
import { SyntheticBanner } from "@/ui/SyntheticBanner";
import { useReadings } from "./queries";
import { Worklist } from "./Worklist";
import { READINGS } from "./words";

export default function WorklistPage() {
  const readings = useReadings();
  if (readings.isPending) return <Loading label="Opening your readings" />;
  if (readings.isError) return <PageError error={readings.error} onRetry={() => readings.refetch()} />;
  const studies = readings.data.filter((list) => list.readings.length > 0);
  return (
    <>
      {studies.some((list) => list.study.is_synthetic) && <SyntheticBanner />}
      <Page title={READINGS.heading} description="Your cases in your own order. Each grade is saved as you give it, so you can stop and go on at any time." width={840}>
        {studies.length === 0 && <Empty title="Nothing to read yet">Your cases appear here as soon as a coordinator assigns them.</Empty>}
        {studies.map(({ study, readings: lines }) => (
          <Worklist key={study.code} kind={READINGS} title={study.title} lines={lines} />
        ))}
      </Page>
    </>
  );
}
