import { useBeginPractice, useReadings } from "@/api/worklist";
import type { WorklistStudy } from "@/api/types";
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
        {lists.map((list) => <StudyList key={list.study.code} list={list} />)}
      </Page>
    </>
  );
}

/** One study as its reader has it: practice while that is needed, and the cases that are open. */
function StudyList({ list }: { list: WorklistStudy }) {
  const { study, readings, practice } = list;
  const begin = useBeginPractice();
  return (
    <>
      {practice && needsPractice(list) && (
        <PracticeCard title={study.title} standing={practice} isBusy={begin.isPending} error={begin.error} onBegin={() => begin.mutate(study.code)} />
      )}
      {readings.length > 0 && <Worklist kind={READINGS} title={titleOf(study)} lines={readings} notes={notesOf(list)} />}
    </>
  );
}
