import { useEffect, useRef } from "react";
import { useParams } from "react-router";
import { useSession } from "@/api/session";
import type { ReadingCode } from "@/lib/brand";
import { Loading } from "@/ui/Loading";
import { PageError } from "@/ui/PageError";
import { prefetchImages } from "@/viewer";
import { imagesUrl, useReading } from "./queries";
import { ReadingRoom } from "./ReadingRoom";
import { useWork } from "./useWork";

export default function ReadingPage() {
  const { code } = useParams<{ code: ReadingCode }>();
  const reading = useReading(code as ReadingCode);
  const username = useUsername();
  const opened = useWork(reading.data, username);
  useTitle("Reading");
  useEffect(() => prefetchImages(imagesUrl(code as ReadingCode)), [code]); // beside the reading, not after it
  if (reading.isError && !reading.data) return <PageError error={reading.error} onRetry={() => reading.refetch()} />;
  if (!reading.data || !username || !opened) return <Loading label="Opening the reading" />;
  return <ReadingRoom key={reading.data.code} reading={reading.data} username={username} opened={opened} />;
}

/** Who opened the room; a session that ends does not close it. */
function useUsername(): string | undefined {
  const now = useSession().data?.user?.username;
  const first = useRef(now);
  first.current ??= now;
  return first.current;
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
