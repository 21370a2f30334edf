import type { ReopeningRequest, ReportedProblem, Requests } from "@/api/types";
import type { Mark } from "@/ui/StateMark";

/** One thing a reader sent: a problem with the images, or the wish to open a signed reading again. */
export type Entry = { sort: "problem"; of: ReportedProblem } | { sort: "reopening"; of: ReopeningRequest };

export const entryKey = (entry: Entry): string => entry.of.code;

export function isWaiting(entry: Entry): boolean {
  return entry.sort === "problem" ? entry.of.state === "open" : entry.of.state === "asked";
}

export const isUrgent = (entry: Entry): boolean => entry.sort === "problem" && entry.of.kind === "identity" && isWaiting(entry);

function entriesOf({ problems, reopenings }: Requests): Entry[] {
  return [
    ...reopenings.map((of): Entry => ({ sort: "reopening", of })),
    ...problems.map((of): Entry => ({ sort: "problem", of })),
  ];
}

/** What tells of a patient comes first, then the readings somebody waits for, then the other problems. */
export function waitingIn(requests: Requests): Entry[] {
  const waiting = entriesOf(requests).filter(isWaiting);
  return [...waiting.filter(isUrgent), ...waiting.filter((entry) => !isUrgent(entry))];
}

const doneAt = (entry: Entry): string => (entry.sort === "problem" ? entry.of.closed_at : entry.of.decided_at) ?? "";

/** The newest decision first. */
export function doneIn(requests: Requests): Entry[] {
  return entriesOf(requests).filter((entry) => !isWaiting(entry)).sort((one, other) => doneAt(other).localeCompare(doneAt(one)));
}

/** What it is about, in one line. */
export function headingOf(entry: Entry): string {
  return entry.sort === "problem" ? entry.of.kind_label : "To open a signed reading again";
}

/** "STIR sagittal, slice 3"; null where the report is about the whole case. Slices are counted from 1, as readers see them. */
export function placeOf({ series_label, slice }: Pick<ReportedProblem, "series_label" | "slice">): string | null {
  if (series_label === null) return null;
  return slice === null ? series_label : `${series_label}, slice ${slice + 1}`;
}

export function markOf(entry: Entry): { mark: Mark; label: string } {
  if (isUrgent(entry)) return { mark: "blocked", label: "Waiting, before all others" };
  if (isWaiting(entry)) return { mark: "waiting", label: "Waiting" };
  if (entry.of.state === "declined") return { mark: "refused", label: "Declined" };
  return { mark: "done", label: entry.sort === "problem" ? "Closed" : "Granted" };
}

const OUTCOMES: Record<string, string> = { closed: "Closed", granted: "Opened again", declined: "Declined" };
const SUPERSEDED = "Opened again, and the consensus superseded,";

/** "Declined by Dora Duarte"; null while it waits. */
export function outcomeOf(entry: Entry): string | null {
  const who = entry.sort === "problem" ? entry.of.closed_by : entry.of.decided_by;
  return who === null ? null : `${hasHistory(entry) ? SUPERSEDED : OUTCOMES[entry.of.state]} by ${who}`;
}

export const whenDone = (entry: Entry): string | null => doneAt(entry) || null;

export const whenSent = (entry: Entry): string => (entry.sort === "problem" ? entry.of.reported_at : entry.of.asked_at);

export const textOf = (entry: Entry): string => (entry.sort === "problem" ? entry.of.text : entry.of.reason);

export type Act = "close" | "grant" | "decline";

/** What can be done with what waits; why not says what stands against it. */
export function actsOn(entry: Entry): { act: Act; label: string; whyNot?: string }[] {
  if (!isWaiting(entry)) return [];
  if (entry.sort === "problem") return [{ act: "close", label: "Close" }];
  const whyNot = entry.of.why_not ?? undefined;
  return [{ act: "grant", label: "Open again", whyNot }, { act: "decline", label: "Decline" }];
}

/** Whether the consensus of the case went with it: then there is more than one version of it. */
export const hasHistory = (entry: Entry): boolean => entry.sort === "reopening" && entry.of.state === "granted" && entry.of.supersedes;

export interface Form {
  /** Whether a note must be given. */
  isNeeded?: boolean;
  label: string;
  description: string;
  action: string;
  /** Said when it has happened. */
  done: string;
}

const UNSEEN = "For the records of the study. No reader is shown it.";

const FORMS: Record<Act, Form> = {
  close: { label: "What was done about it", description: UNSEEN, action: "Close the problem", done: "The problem is closed." },
  grant: {
    label: "Why it is opened again",
    description: `What was signed is kept as it is, and the reader signs once more. ${UNSEEN}`,
    action: "Open the reading again",
    done: "The reading is open again. Its reader finds it in the list of own readings.",
  },
  decline: {
    label: "Why it stays as signed",
    description: `The reader is told that it was declined, not why. ${UNSEEN}`,
    action: "Decline",
    done: "The reading stays as it was signed.",
  },
};

/** A compared reading is opened only with a reason, for the consensus of its case goes with it. */
const SUPERSEDING: Form = {
  isNeeded: true,
  label: "Why it is opened again although it was compared",
  description: `A deviation, recorded as one. The consensus of the case is superseded, with the adjudicator's decisions; nothing is deleted. Once the reading is signed again, the case is compared anew. ${UNSEEN}`,
  action: "Open again and supersede the consensus",
  done: "The reading is open again, and the consensus of its case no longer counts.",
};

export function formOf(entry: Entry, act: Act): Form {
  return act === "grant" && entry.sort === "reopening" && entry.of.supersedes ? SUPERSEDING : FORMS[act];
}
