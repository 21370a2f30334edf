import { useEffect } from "react";
import { useParams } from "react-router";
import { useStudyCode } from "@/api/studies";
import type { CaseCode } from "@/lib/brand";
import { Loading } from "@/ui/Loading";
import { PageError } from "@/ui/PageError";
import { CheckRoom } from "./CheckRoom";
import { useCheck } from "./queries";

export default function CheckPage() {
  const code = useParams<{ case: CaseCode }>().case as CaseCode;
  const check = useCheck(useStudyCode(), code);
  useEffect(() => {
    const before = document.title;
    document.title = "Check images";
    return () => {
      document.title = before;
    };
  }, []);
  if (check.isPending) return <Loading label="Opening the images" />;
  if (!check.data) return <PageError error={check.error} onRetry={() => check.refetch()} />;
  return <CheckRoom key={code} check={check.data} />;
}
