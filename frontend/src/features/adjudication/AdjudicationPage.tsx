import { Button } from "@mantine/core";
import { useEffect } from "react";
import { Link, useParams } from "react-router";
import { ApiError } from "@/api/errors";
import type { AdjudicationCode } from "@/lib/brand";
import { Empty } from "@/ui/Empty";
import { Loading } from "@/ui/Loading";
import { PageError } from "@/ui/PageError";
import { useAdjudication } from "./queries";
import { Room } from "./Room";

/** One case that is put before an adjudicator, from its images to its signature. */
export default function AdjudicationPage() {
  const code = useParams().code as AdjudicationCode;
  const adjudication = useAdjudication(code);
  useEffect(() => {
    document.title = "Adjudication";
    return () => void (document.title = "Dens");
  }, []);
  if (adjudication.isPending) return <Loading label="Opening the case" />;
  if (adjudication.error instanceof ApiError && adjudication.error.code === "read_again") return <ReadAgain sentence={adjudication.error.message} />;
  if (adjudication.isError) return <PageError error={adjudication.error} onRetry={() => void adjudication.refetch()} />;
  return <Room key={code} adjudication={adjudication.data} />;
}

function ReadAgain({ sentence }: { sentence: string }) {
  return (
    <main>
      <Empty order={1} title="Nothing to decide here" action={<Button component={Link} to="/adjudications">Back to the queue</Button>}>{sentence}</Empty>
    </main>
  );
}
