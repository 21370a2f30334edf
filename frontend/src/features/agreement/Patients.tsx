import { Group, Text } from "@mantine/core";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { ComparisonGrid } from "./ComparisonGrid";
import { FourfoldTable } from "./FourfoldTable";
import { coverage } from "./groups";
import type { PartProps } from "./Report";
import { SharesGrid } from "./SharesGrid";

/** What the consensus says of the participants, beside what is known of them. */
export function Patients({ report: { clinical } }: PartProps) {
  if (!clinical) return <Panel><Empty title="No participants yet">What counts in a participant is known once their case is settled.</Empty></Panel>;
  return (
    <>
      <Text c="dimmed" maw={900}>{coverage(clinical)}</Text>
      <SharesGrid title="What is present" description="Of all participants with a settled case." rows={clinical.shares} />
      <SharesGrid title="By region" description="Of the participants with any, how many have it where; one participant may count in several regions." rows={clinical.regions} />
      <ComparisonGrid title="All with a settled case" description="What is known of them." rows={clinical.summary} />
      <ComparisonGrid title="By what is present" description="Participants with and without." rows={clinical.by_presence} />
      {clinical.by_presence_within.map(({ group, comparisons }) => (
        <ComparisonGrid key={group} title={`By what is present: ${group} alone`} description="Participants with and without." rows={comparisons} />
      ))}
      <ComparisonGrid title="By degenerative change" description="Participants with and without." rows={clinical.by_degeneration} />
      <ComparisonGrid title="By diagnosis" description="As given with the participants." rows={clinical.by_diagnosis} />
      {clinical.fourfold.length > 0 && (
        <Panel title="Tables of participants" description="Counts, and in each row the share of the first column with its 95 % interval.">
          <Group gap={48} align="flex-start">{clinical.fourfold.map((table) => <FourfoldTable key={table.label} table={table} />)}</Group>
        </Panel>
      )}
    </>
  );
}
