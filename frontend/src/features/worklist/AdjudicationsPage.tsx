import { Text } from "@mantine/core";
import { Code } from "@/ui/Code";
import { Empty } from "@/ui/Empty";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { PageError } from "@/ui/PageError";
import { SyntheticBanner } from "@/ui/SyntheticBanner";
import { useAdjudications } from "./queries";
import { Worklist } from "./Worklist";
import { ADJUDICATIONS } from "./words";

export default function AdjudicationsPage() {
  const adjudications = useAdjudications();
  if (adjudications.isPending) return <Loading label="Opening the adjudications" />;
  if (adjudications.isError) return <PageError error={adjudications.error} onRetry={() => adjudications.refetch()} />;
  const studies = adjudications.data.filter((list) => list.adjudications.length > 0);
  const setAside = adjudications.data.flatMap((list) => list.set_aside);
  return (
    <>
      {studies.some((list) => list.study.is_synthetic) && <SyntheticBanner />}
      <Page title={ADJUDICATIONS.heading} description="Cases that wait for you. You see the sites that are asked, and no names." width={840}>
        {studies.length === 0 && <Empty title="Nothing to decide">When you are drawn to decide a case, it appears here.</Empty>}
        {studies.map(({ study, adjudications: lines }) => (
          <Worklist key={study.code} kind={ADJUDICATIONS} title={study.title} lines={lines} />
        ))}
        {setAside.map((code) => (
          <Text key={code} size="sm" c="dimmed">
            One case you have decided is being read again. Your decision is kept, and it no longer counts. <Code>{code}</Code>
          </Text>
        ))}
      </Page>
    </>
  );
}
