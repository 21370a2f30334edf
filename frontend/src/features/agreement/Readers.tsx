import { SimpleGrid } from "@mantine/core";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { ofCases, ofPair, ofReader, ofRepeats } from "./behind";
import { Drift } from "./figures/Drift";
import type { PartProps } from "./Report";
import { StatisticsGrid } from "./StatisticsGrid";

/** Readers: each pair, each against the others, against themselves, and along time. */
export function Readers({ report, onOpen }: PartProps) {
  const { pairs, against_pool: pool, repeats, drift } = report;
  const total = report.sums[0]?.code ?? "total";
  const reach = Math.max(1, ...drift.flatMap(({ points }) => points.map(({ difference }) => Math.abs(difference))));
  return (
    <>
      <Panel flush title="Pairs of readers" description="Over the cases the two share: all graded sites pooled, and the total. Bias: the first reader's total minus the second's.">
        {pairs.length === 0 ? <Empty title="No pairs yet">No case has two signed readings.</Empty> : (
          <StatisticsGrid
            label="Pairs of readers" head="Pair" onOpen={onOpen}
            rows={pairs.map(({ readers, n_cases, statistics }) => ({ key: readers.join(), label: readers.join(" and "), n: n_cases, statistics, ask: ofPair(total, readers) }))}
          />
        )}
      </Panel>
      {pool.length > 0 && (
        <Panel flush title="Each reader against the others" description="Whoever else read the same cases. Bias: the reader's total minus the other's. Disagreement index: cases in which the adjudicator decided otherwise at any item, of all that the reader read.">
          <StatisticsGrid
            label="Each reader against the others" head="Reader" onOpen={onOpen}
            rows={pool.map(({ reader, n_cases, statistics }) => ({ key: reader, label: reader, n: n_cases, statistics, ask: ofReader(total, reader) }))}
          />
        </Panel>
      )}
      <Panel flush title="Each reader again" description="A second look at the same case under another code, weeks later. It counts for nothing else. Bias: the first look's total minus the second's.">
        {repeats.length === 0 ? <Empty title="No repeats">Nobody has read a case twice.</Empty> : (
          <StatisticsGrid
            label="Each reader again" head="Reader" onOpen={onOpen}
            rows={repeats.map(({ reader, n_cases, statistics }) => ({ key: reader, label: reader, n: n_cases, statistics, ask: ofRepeats(total, reader) }))}
          />
        )}
      </Panel>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing={24}>
        {drift.map((course) => (
          <Drift key={course.reader} course={course} reach={reach} onOpen={() => onOpen(ofReader(total, course.reader))} onPick={(cases) => onOpen(ofCases(total, cases))} />
        ))}
      </SimpleGrid>
    </>
  );
}
