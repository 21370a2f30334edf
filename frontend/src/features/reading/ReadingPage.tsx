import { useEffect } from "react";
import { useParams } from "react-router";
import { useSession } from "@/api/session";
import type { ReadingCode } from "@/lib/brand";
import { Loading } from "@/ui/Loading";
import { PageError } from "@/ui/PageError";
import { useReading } from "./queries";
import { ReadingRoom } from "./ReadingRoom";

export default function ReadingPage() {
  const { code } = useParams<{ code: ReadingCode }>();
  const reading = useReading(code as ReadingCode);
  const session = useSession();
  useTitle("Reading");
  const username = session.data?.user?.username;
  if (reading.isPending || !username) return <Loading label="Opening the reading" />;
  if (!reading.data) return <PageError error={reading.error} onRetry={() => reading.refetch()} />;
  return <ReadingRoom key={reading.data.code} reading={reading.data} username={username} />;
}

/** The tab says what it is for, never which case: titles end up in histories and screen shares. */
function useTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
