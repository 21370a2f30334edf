import { Alert, Button, Center } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useStudyCode } from "@/api/studies";
import type { Trail, TrailEvent } from "@/api/types";
import { count } from "@/lib/format";
import { CopyLine } from "@/ui/CopyLine";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconChain } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { EventGrid } from "./EventGrid";
import { type Filter, filterOf, searchOf } from "./filter";
import { Filters } from "./Filters";
import { printUrl, useTrail } from "./queries";
import { ReviewDialog } from "./ReviewDialog";
import { headInWords } from "./words";

const ABOUT = "Who did what, when, from which value to which, and why. Events are added and never changed: each carries a hash over the one before.";

export default function AuditPage() {
  const study = useStudyCode();
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const trail = useTrail(study, filter);
  const [reviewed, setReviewed] = useState<number | null>(null);
  const newest = trail.data?.pages[0];
  const newestSeq = newest?.events[0]?.seq;
  return (
    <Page
      title="Audit trail" width={1320} description={ABOUT}
      actions={
        <>
          <Button component="a" variant="default" href={printUrl(study, filter)} target="_blank" rel="noreferrer">Print</Button>
          {newestSeq !== undefined && <Button variant="default" onClick={() => setReviewed(newestSeq)}>Record a review</Button>}
        </>
      }
    >
      {trail.isPending && <Loading label="Opening the audit trail" />}
      {trail.isError && <ErrorNotice error={trail.error} onRetry={() => trail.refetch()} />}
      {newest && (
        <>
          {newest.withheld && <Alert color="blue" variant="light" title="Values are not shown yet">{newest.withheld}</Alert>}
          <Filters filter={filter} choices={newest.choices} onChange={(next: Filter) => setSearch(searchOf(next), { replace: true })} />
          <Events
            trail={newest} events={trail.data?.pages.flatMap((one) => one.events) ?? []}
            hasMore={trail.hasNextPage} isBusy={trail.isFetchingNextPage} onMore={() => void trail.fetchNextPage()}
          />
        </>
      )}
      {reviewed !== null && <ReviewDialog seq={reviewed} onClose={() => setReviewed(null)} />}
    </Page>
  );
}

interface Props {
  trail: Trail;
  events: TrailEvent[];
  hasMore: boolean;
  isBusy: boolean;
  onMore: () => void;
}

function Events({ trail, events, hasMore, isBusy, onMore }: Props) {
  return (
    <Panel flush title={count(trail.count, "event")} description={headInWords(trail)} actions={<HeadHash trail={trail} />}>
      {events.length === 0 && <Empty title="No such event" icon={<IconChain size={32} />}>No event fits the filter.</Empty>}
      {events.length > 0 && <EventGrid events={events} />}
      {hasMore && <Center p="sm"><Button variant="subtle" size="xs" loading={isBusy} onClick={onMore}>Show earlier events</Button></Center>}
    </Panel>
  );
}

/** The hash at the end of the chain: whoever has noted it can tell later whether all before it is still the same. */
function HeadHash({ trail: { head } }: { trail: Trail }) {
  if (!head.hash) return null;
  return <CopyLine value={head.hash} shown={`${head.hash.slice(0, 12)}…`} label="Copy the hash at the end of the chain" />;
}
