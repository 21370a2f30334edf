import { useEffect } from "react";
import { useParams } from "react-router";
import type { AdjudicationCode } from "@/lib/brand";
import { Loading } from "@/ui/Loading";
import { PageError } from "@/ui/PageError";
import { useAdjudication } from "./queries";
import { Room } from "./Room";

/** One case in which two readings differ, from its images to its signature. */
export default function AdjudicationPage() {
  const code = useParams().code as AdjudicationCode;
  const adjudication = useAdjudication(code);
  useEffect(() => {
    document.title = "Adjudication";
    return () => void (document.title = "Dens");
  }, []);
  if (adjudication.isPending) return <Loading label="Opening the case" />;
  if (adjudication.isError) return <PageError error={adjudication.error} onRetry={() => void adjudication.refetch()} />;
  return <Room key={code} adjudication={adjudication.data} />;
}
