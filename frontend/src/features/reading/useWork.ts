/** The work at a reading as React sees it. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, useSyncExternalStore } from "react";
import { respond } from "@/api/client";
import type { OperationsAnswer, Reading } from "@/api/types";
import { desksHere, leaves, takeDesk } from "./desk";
import type { ReadingCode } from "@/lib/brand";
import type { Operation, Statement } from "./operations";
import { fetchReading, readingKey, readingUrl } from "./queries";
import { openShelf } from "./shelf";
import { type Surroundings, Work } from "./work";

const ADVANCE_KEY = "dens:auto-advance";
const LINGERS_MS = 3000; // a page that was closed a moment ago, with something unsent: until what it leaves can be had
const LATEST_MS = 60_000; // the same for a browser under load: what it leaves is taken up as soon as it is gone
const LONGEST_MS = 15_000; // a request that hangs is given up, and sent again

export const keepAutoAdvance = (isOn: boolean): void => localStorage.setItem(ADVANCE_KEY, isOn ? "on" : "off");

export interface Opened {
  code: ReadingCode;
  username: string;
  work: Work;
  desk: string;
  /** Desks that have something lying here and seemed open. */
  late: string[];
}

/** Null until it is known what was left over and who has the reading. */
export function useWork(reading: Reading | undefined, username: string | undefined): Opened | null {
  const client = useQueryClient();
  const [opened, setOpened] = useState<Opened | null>(null);
  const key = reading && username && `${username} ${reading.code} ${reading.state === "signed"}`;
  useEffect(() => {
    if (!reading || !username) return;
    let work: Work | undefined;
    let isWanted = true;
    const reload = async () => {
      const fresh = await fetchReading(reading.code);
      client.setQueryData(readingKey(reading.code), fresh);
      return fresh;
    };
    const tooLate = opened?.code === reading.code && reading.state === "signed" ? opened.work.snapshot().tooLate : [];
    void open(reading, username, reload, tooLate).then(async (result) => {
      if (!isWanted) return;
      work = result.work;
      await work.start();
      if (isWanted) setOpened(result);
      for (const other of result.late) void leaves(other, LATEST_MS).then(() => result.work.wake());
    });
    return () => {
      isWanted = false;
      work?.stop();
    };
  }, [key]); // a reading that is fetched again is the same work
  useHurry(opened?.work);
  return opened?.code === reading?.code ? opened : null; // the room of a signed reading stays until its own work is there
}

async function open(reading: Reading, username: string, reload: () => Promise<Reading>, tooLate: Statement[]): Promise<Opened> {
  const desk = await takeDesk();
  const shelf = openShelf(username, reading.code, desk);
  const others = await shelf.others().catch((): string[] => []);
  await Promise.all(others.map((other) => leaves(other, LINGERS_MS)));
  const { isOpen } = await desksHere();
  const leftovers = await shelf.leftovers(isOpen).catch((): Operation[] => []);
  const url = readingUrl(reading.code);
  const around: Surroundings = {
    desk, shelf, reload, desks: desksHere,
    farewell: (operations) => void respond("POST", `${url}/operations`, { desk, operations }, undefined, true).catch(() => undefined),
    hold: (take) => inTime((signal) => respond("PUT", `${url}/desk`, { desk, take }, signal)),
    post: (operations) =>
      inTime(async (signal) => (await respond("POST", `${url}/operations`, { desk, operations }, signal)).json() as Promise<OperationsAnswer>),
  };
  const work = new Work(reading, leftovers, around, localStorage.getItem(ADVANCE_KEY) !== "off", tooLate);
  return { work, desk, username, code: reading.code, late: others.filter(isOpen) };
}

function inTime<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return ask(AbortSignal.timeout(LONGEST_MS));
}

/** The network is back, or the person is: no need to wait for the next try. */
function useHurry(work: Work | undefined): void {
  useEffect(() => {
    if (!work) return;
    const stopper = new AbortController();
    const { signal } = stopper;
    window.addEventListener("online", () => work.hurry(), { signal });
    window.addEventListener("focus", () => work.wake(), { signal });
    window.addEventListener("pagehide", () => work.leave(), { signal });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && work.wake(), { signal });
    return () => stopper.abort();
  }, [work]);
}

export function useWorkState(work: Work) {
  return useSyncExternalStore(work.subscribe, work.snapshot);
}
