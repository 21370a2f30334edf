/**
 * Changes on their way to the server. Pure: the rules, without a clock, a disk or a network.
 *
 *   made --> waiting --> in flight --applied--> gone
 *               ^            |-----superseded--> a conflict: two values, and the reader chooses
 *               |            |-----refused-----> gone, and what stands is shown again
 *               +--failed, early-+                 whether it arrived is unknown: the same change is sent again
 *
 * One request at a time, in the order in which the changes were made. The key of a change makes repeating harmless.
 */
import type { OperationOutcome, Reading } from "@/api/types";
import { type Operation, type Statement, type Thing, type Value, idOf, isAbout, isSame, lastIn, saidIn, valueOf } from "./operations";

const MOST_IN_FLIGHT = 200; // as the server takes in one request

/** Something else has been said of a thing, elsewhere, since this page last heard of it. */
export interface Conflict {
  thing: Thing;
  mine: Value;
  theirs: Value;
  /** The change that stands: what the reader decides comes after it. */
  after: string | null;
  /** The changes of this page it came from; they are kept until the reader has decided. */
  keys: string[];
}

export interface Outbox {
  waiting: Operation[];
  /** How many of the first ones are in the request that is out. */
  nInFlight: number;
  /** How many were in the last one, while it is not known whether it arrived: the same are sent again, and no more. */
  nUnsure: number;
  /** The last change of each thing, own or the server's. */
  last: Readonly<Record<string, string | null>>;
  conflicts: Conflict[];
}

/** What an answer leaves to do: changes that need not be kept any more, what stands, and what the server would not take. */
export interface Settled {
  outbox: Outbox;
  done: string[];
  standing: Statement[];
  refusals: string[];
}

export function openOutbox(reading: Pick<Reading, "scores" | "pins">, leftovers: Operation[] = []): Outbox {
  return leftovers.reduce(enter, { waiting: [], nInFlight: 0, nUnsure: 0, last: lastIn(reading), conflicts: [] });
}

function enter(outbox: Outbox, operation: Operation): Outbox {
  return { ...outbox, waiting: [...outbox.waiting, operation], last: { ...outbox.last, [idOf(operation)]: operation.key } };
}

/** What a page has left whose end was noticed late. Where this page has spoken itself, the server is to say which came first. */
export function adopted(outbox: Outbox, orphans: Operation[], isOwn: (thing: Thing) => boolean): Outbox {
  return orphans.reduce((before, one) => (isOwn(one) ? { ...before, waiting: [...before.waiting, one] } : enter(before, one)), outbox);
}

/** A new change. Where a conflict was open, saying something is deciding it. Gives also the changes that are over by that. */
export function made(outbox: Outbox, { thing, value }: Statement, key: string, now: Date): { outbox: Outbox; operation: Operation; over: string[] } {
  const operation: Operation = { ...thing, key, value, after: outbox.last[idOf(thing)] ?? null, made_at: now.toISOString() };
  const open = conflictOf(outbox, thing);
  return { outbox: enter(without(outbox, thing), operation), operation, over: open?.keys ?? [] };
}

export const conflictOf = (outbox: Outbox, thing: Thing): Conflict | undefined => outbox.conflicts.find((one) => isAbout(one.thing, thing));

/** The reader lets the other value stand, or has said something new. */
export function without(outbox: Outbox, thing: Thing): Outbox {
  return { ...outbox, conflicts: outbox.conflicts.filter((one) => !isAbout(one.thing, thing)) };
}

/** What waits goes out, if nothing is out: the very changes of the last try, if that was not answered. */
export function sent(outbox: Outbox, most = MOST_IN_FLIGHT): { outbox: Outbox; batch: Operation[] } {
  if (outbox.nInFlight > 0) return { outbox, batch: [] };
  const batch = outbox.waiting.slice(0, Math.min(most, outbox.nUnsure || most));
  return { outbox: { ...outbox, nInFlight: batch.length }, batch };
}

/** No answer: whether it arrived is unknown, and it will be sent again. */
export const failed = (outbox: Outbox): Outbox => ({ ...outbox, nInFlight: 0, nUnsure: outbox.nInFlight });

/** The server has answered, change by change. `foreign`: keys of changes that another page made of what was spoken of here as well. */
export function answered(outbox: Outbox, outcomes: OperationOutcome[], foreign: ReadonlySet<string> = new Set()): Settled {
  const start: Settled = { outbox: { ...outbox, nInFlight: 0, nUnsure: 0 }, done: [], standing: [], refusals: [] };
  return outcomes.reduce((settled, outcome) => settle(settled, outcome, foreign), start);
}

function settle(settled: Settled, outcome: OperationOutcome, foreign: ReadonlySet<string>): Settled {
  const operation = settled.outbox.waiting.find(({ key }) => key === outcome.key);
  if (!operation) return settled;
  switch (outcome.outcome) {
    case "applied":
      return applied(settled, operation, foreign.has(operation.key));
    case "refused":
      return refused(settled, operation, outcome);
    case "superseded":
      return superseded(settled, operation, outcome);
    default: // early: it waits for the one before it; where that is not here any more, nobody will bring it
      return settled.outbox.waiting.some(({ key }) => key === operation.after) ? settled : superseded(settled, operation, outcome);
  }
}

const taken = (outbox: Outbox, { key }: Operation): Outbox => ({ ...outbox, waiting: outbox.waiting.filter((one) => one.key !== key) });

const theirsOf = ({ current }: OperationOutcome): Value => (current?.value ?? null) as Value;

/** It may be what the reader had decided before this page was there: then nothing is left to decide. */
function applied(settled: Settled, operation: Operation, isForeign: boolean): Settled {
  const outbox = taken(settled.outbox, operation);
  const over = outbox.conflicts.filter((one) => !isForeign && isAbout(one.thing, operation) && one.after === operation.key);
  const conflicts = outbox.conflicts.filter((one) => !over.includes(one));
  return { ...settled, outbox: { ...outbox, conflicts }, done: [...settled.done, ...over.flatMap(({ keys }) => keys), operation.key] };
}

/** What followed it now follows what it followed itself. */
function refused(settled: Settled, operation: Operation, outcome: OperationOutcome): Settled {
  const rest = taken(settled.outbox, operation);
  const waiting = rest.waiting.map((one) => (one.after === operation.key ? { ...one, after: operation.after } : one));
  const isLast = rest.last[idOf(operation)] === operation.key;
  const last = isLast ? { ...rest.last, [idOf(operation)]: operation.after } : rest.last;
  return {
    outbox: { ...rest, waiting, last },
    done: [...settled.done, operation.key],
    standing: isLast && outcome.current ? [...settled.standing, { thing: operation, value: theirsOf(outcome) }] : settled.standing,
    refusals: [...settled.refusals, outcome.message],
  };
}

/** Later changes of the same thing are overtaken with it: the newest value of this page stands against the other one. */
function superseded(settled: Settled, operation: Operation, outcome: OperationOutcome): Settled {
  const rest = taken(settled.outbox, operation);
  const after = outcome.current?.operation ?? null;
  const later = rest.waiting.filter((one) => isAbout(one, operation));
  const mine = (later.at(-1) ?? operation).value;
  const isSaidThere = isSame(mine, theirsOf(outcome));
  if (isSaidThere && later.length === 0) return agreed(settled, rest, operation, after);
  if (isSaidThere || later.some((one) => one.after === after)) return { ...settled, outbox: rest, done: [...settled.done, operation.key] };
  const before = conflictOf(rest, operation);
  const conflict: Conflict = {
    thing: { kind: operation.kind, item: operation.item, pin: operation.pin },
    mine,
    theirs: theirsOf(outcome),
    after,
    keys: [...(before?.keys ?? []), operation.key],
  };
  const outbox = { ...rest, last: { ...rest.last, [idOf(operation)]: after }, conflicts: [...without(rest, operation).conflicts, conflict] };
  return { ...settled, outbox };
}

/** Elsewhere the same was said: there is nothing to choose. */
function agreed(settled: Settled, rest: Outbox, operation: Operation, after: string | null): Settled {
  const outbox = { ...without(rest, operation), last: { ...rest.last, [idOf(operation)]: after } };
  return { ...settled, outbox, done: [...settled.done, ...(conflictOf(rest, operation)?.keys ?? []), operation.key] };
}

/**
 * The server's state was read again: where this page has nothing on its way, the next change comes after what stands there,
 * and a choice that is still open is between the own value and that one. Gives also the changes that are over by that.
 */
export function rebased(outbox: Outbox, reading: Pick<Reading, "scores" | "pins">): { outbox: Outbox; over: string[] } {
  const [last, said] = [lastIn(reading), saidIn(reading)];
  const own = new Set(outbox.waiting.map(idOf));
  const open = outbox.conflicts.map((one) => (own.has(idOf(one.thing)) ? one : { ...one, theirs: valueOf(said, one.thing), after: last[idOf(one.thing)] ?? null }));
  const [conflicts, agreed] = [open.filter(isOpen), open.filter((one) => !isOpen(one))];
  const kept = Object.fromEntries([...own].map((id) => [id, outbox.last[id] ?? null]));
  return { outbox: { ...outbox, conflicts, last: { ...last, ...kept } }, over: agreed.flatMap(({ keys }) => keys) };
}

const isOpen = ({ mine, theirs }: Conflict): boolean => !isSame(mine, theirs);

/** What this page says beyond what the server has: in the order in which it was said. */
export function unsent(outbox: Outbox): Statement[] {
  return [...outbox.conflicts.map(({ thing, mine }) => ({ thing, value: mine })), ...outbox.waiting.map((one) => ({ thing: one, value: one.value }))];
}
