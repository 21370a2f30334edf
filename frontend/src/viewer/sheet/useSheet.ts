import { useEffect, useState } from "react";
import { api } from "@/api/client";
import type { ImageManifest } from "@/api/types";
import { messageOf } from "@/lib/message";
import { Series } from "../series";

/** All series of a case; their slices arrive in them from the middle outwards. */
export interface Sheet {
  series: Series[];
  failure: string;
  isComplete: boolean;
  retry: () => void;
}

type Fetched = Omit<Sheet, "retry"> & { key: string };

/** Loads what `imagesUrl` describes, and again when `version` changes: numbers follow the roles of the series. */
export function useSheet(imagesUrl: string, version: string): Sheet {
  const [attempt, setAttempt] = useState(0);
  const key = `${imagesUrl} ${version} ${attempt}`;
  const empty: Fetched = { key, series: [], failure: "", isComplete: false };
  const [fetched, setFetched] = useState<Fetched>(empty);
  useEffect(() => {
    const aborter = new AbortController();
    let series: Series[] = [];
    const tell = (part: Partial<Fetched>) => aborter.signal.aborted || setFetched({ key, series, failure: "", isComplete: false, ...part });
    const load = async () => {
      const manifest = await api.get<ImageManifest>(imagesUrl, aborter.signal);
      series = manifest.series.map((description) => new Series(description));
      tell({});
      await Promise.all(series.map((one) => one.load(aborter.signal)));
      tell({ isComplete: true });
    };
    load().catch((error: unknown) => tell({ failure: messageOf(error) }));
    return () => aborter.abort();
  }, [imagesUrl, key]);
  return { ...(fetched.key === key ? fetched : empty), retry: () => setAttempt((one) => one + 1) };
}
