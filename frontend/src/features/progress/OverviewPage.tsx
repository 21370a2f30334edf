import { Button } from "@mantine/core";
import { Link } from "react-router";
import { useMayDo, useStudyCode } from "@/api/studies";
import type { ProgressCards } from "@/api/types";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Figure } from "@/ui/Figure";
import { IconGrid } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { MatrixPanel } from "./MatrixPanel";
import { useProgress } from "./queries";

export default function OverviewPage() {
  const study = useStudyCode();
  const progress = useProgress(study);
  const mayImport = useMayDo("import");
  return (
    <Page title="Overview" description="How far each case has come. This page shows completion and never a value.">
      {progress.isPending && <Loading label="Opening the progress" />}
      {progress.isError && <ErrorNotice error={progress.error} onRetry={() => progress.refetch()} />}
      {progress.data && <Cards cards={progress.data.cards} />}
      {progress.data?.cases.length === 0 && (
        <Panel>
          <Empty
            title="No cases yet" icon={<IconGrid size={32} />}
            action={mayImport && <Button component={Link} to={`/studies/${study}/import`}>Import images</Button>}
          >
            A study begins with images: import them, add the people, then assign the cases.
          </Empty>
        </Panel>
      )}
      {progress.data && progress.data.cases.length > 0 && <MatrixPanel cases={progress.data.cases} />}
    </Page>
  );
}

function Cards({ cards }: { cards: ProgressCards }) {
  return (
    <div style={{ display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(150px, 1fr))", gap: 16 }}>
      <Figure label="Cases to check" value={cards.cases_to_check} note="images not looked at yet" />
      <Figure label="Cases to assign" value={cards.cases_ready} note="images checked" />
      <Figure label="Readings signed" value={<>{cards.readings_signed}<Of n={cards.readings_required} /></>} note="two for each checked case" />
      <Figure label="In adjudication" value={cards.adjudications_open} note="two readings differ" />
      <Figure label="Cases settled" value={cards.cases_settled} note="consensus reached" />
    </div>
  );
}

function Of({ n }: { n: number }) {
  return <span style={{ fontSize: 16, fontWeight: 400, color: "var(--dens-muted)" }}> of {n}</span>;
}
