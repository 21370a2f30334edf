import { useBeginPractice, useReadings } from "@/api/worklist";
import type { PracticeStanding } from "@/api/types";
import { Empty } from "@/ui/Empty";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { PageError } from "@/ui/PageError";
import { SyntheticBanner } from "@/ui/SyntheticBanner";
import { PracticeCard } from "./PracticeCard";
import { inOrder, needsPractice, notesOf, titleOf } from "./practice";
import { Worklist } from "./Worklist";
import { READINGS } from "./words";

export default function WorklistPage() {
  const readings = useReadings();
  if (readings.isPending) return <Loading label="Opening your readings" />;
  if (readings.isError) return <PageError error={readings.error} onRetry={() => readings.refetch()} />;
  const lists = inOrder(readings.data.filter((list) => list.readings.length > 0 || needsPractice(list)));
  return (
    <>
      {lists.some((list) => list.study.is_synthetic) && <SyntheticBanner />}
      <Page title={READINGS.heading} description="Your cases in your own order. Each grade is saved as you give it, so you can stop and go on at any time." width={840}>
        {lists.length === 0 && <Empty title="Nothing to read yet">Your cases appear here as soon as a coordinator assigns them.</Empty>}
        {lists.map((list) => needsPractice(list) && list.practice && <PracticeFirst key={list.study.code} title={list.study.title} standing={list.practice} />)}
        {lists.map((list) => list.readings.length > 0 && (
          <Worklist key={list.study.code} kind={READINGS} title={titleOf(list.study)} lines={list.readings} notes={notesOf(list)} />
        ))}
      </Page>
    </>
  );
}

function PracticeFirst({ title, standing }: { title: string; standing: PracticeStanding }) {
  const begin = useBeginPractice();
  return <PracticeCard title={title} standing={standing} isBusy={begin.isPending} error={begin.error} onBegin={() => begin.mutate(standing.study)} />;
}
