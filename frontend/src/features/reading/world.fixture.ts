/**
 * A world that goes wrong, for tests only: a server like scoring/operations.py, a network that loses and repeats, a browser
 * whose pages are killed. Everything is drawn from one seed and lasts in vitest's clock, so that a failure can be seen again.
 */
import { ApiError, unreachable } from "@/api/errors";
import type { OperationOutcome, OperationsAnswer, Reading, SavedPin, Score } from "@/api/types";
import type { ItemCode, ReadingCode } from "@/lib/brand";
import type { Place } from "@/viewer";
import type { Desks } from "./desk";
import { instrument } from "./instrument.fixture";
import { BLANK, type Operation, type Value, idOf } from "./operations";
import type { Shelf } from "./shelf";
import { Work, type Surroundings } from "./work";

export type Dice = () => number;

/** mulberry32: the same numbers for the same seed. */
export function diceOf(seed: number): Dice {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(dice: Dice, from: readonly T[]): T => from[Math.floor(dice() * from.length)] as T;
export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

const LEASE_MS = 30_000;
const SAVED_AT = "2026-11-03T14:03:22Z";
/** The server's clock: the computers' clocks jump, this one does not. */
const now = (): number => performance.now();

/** The rules of scoring/operations.py and scoring/desks.py, in as few lines. */
export class Server {
  readonly outcomes = new Map<string, "applied" | "superseded">();
  readonly applied: Operation[] = [];
  nEarly = 0;
  private readonly standing = new Map<string, Operation>();
  private desk = { key: "", until: 0 };

  hold(desk: string, take: boolean): void {
    if (this.desk.key !== desk && this.desk.until > now() && !take) throw new ApiError(409, "open_elsewhere", "This reading is open elsewhere.");
    this.desk = { key: desk, until: now() + LEASE_MS };
  }

  merge(desk: string, operations: Operation[]): OperationsAnswer {
    if (operations.some(({ key }) => !this.outcomes.has(key))) this.hold(desk, false);
    return { saved_at: SAVED_AT, outcomes: operations.map((one) => this.take(one)), feedback: null };
  }

  private take(operation: Operation): OperationOutcome {
    const outcome = this.outcomes.get(operation.key) ?? this.verdict(operation);
    if (outcome === "early") this.nEarly += 1;
    if (outcome !== "early" && !this.outcomes.has(operation.key)) this.keep(operation, outcome);
    const current = outcome === "applied" ? null : { value: this.valueOf(idOf(operation)) ?? blankOf(operation), operation: this.standing.get(idOf(operation))?.key ?? null };
    return { key: operation.key, outcome, message: "", current } as OperationOutcome;
  }

  private verdict({ after, ...thing }: Operation): "applied" | "superseded" | "early" {
    if (after === (this.standing.get(idOf(thing))?.key ?? null)) return "applied";
    return after === null || this.outcomes.has(after) ? "superseded" : "early";
  }

  private keep(operation: Operation, outcome: "applied" | "superseded"): void {
    this.outcomes.set(operation.key, outcome);
    if (outcome === "superseded") return;
    this.applied.push(operation);
    this.standing.set(idOf(operation), operation);
  }

  valueOf(id: string): Value | undefined {
    return this.standing.get(id)?.value;
  }

  reading(): Reading {
    const about = (kind: string) => [...this.standing.values()].filter((one) => one.kind === kind);
    const last = (kind: string, item: string) => about(kind).find((one) => one.item === item);
    const items = [...new Set([...about("answer"), ...about("comment")].map(({ item }) => item))];
    const scores = items.map((item) => ({
      item, ...((last("answer", item)?.value as typeof BLANK) ?? BLANK), comment: (last("comment", item)?.value as { text: string })?.text ?? "",
      saved_at: SAVED_AT, answer_operation: last("answer", item)?.key ?? null, comment_operation: last("comment", item)?.key ?? null,
    })) as Score[];
    const pins = about("pin").filter(({ value }) => value !== null)
      .map(({ pin, item, key, value }) => ({ key: pin, item, operation: key, ...(value as Place) })) as SavedPin[];
    return { code: "k3v9" as ReadingCode, state: "started", instrument, scores, pins } as unknown as Reading;
  }
}

const blankOf = ({ kind }: Operation): Value => (kind === "answer" ? BLANK : kind === "comment" ? { text: "" } : null);

/** Loses requests, loses answers, repeats them late, and lets them hang; how often is `trouble`. */
export class Network {
  trouble = 0.3;
  private readonly dice: Dice;

  constructor(dice: Dice) {
    this.dice = dice;
  }

  async ask<T>(serve: () => T): Promise<T> {
    await wait(5 + this.dice() * 300);
    if (this.dice() >= this.trouble) return this.answer(serve);
    switch (pick(this.dice, ["lost request", "lost answer", "late twin", "hangs", "broken server"])) {
      case "lost answer":
        await this.answer(serve).catch(() => undefined);
        throw unreachable();
      case "late twin":
        void this.later(serve);
        return this.answer(serve);
      case "hangs": // given up after 15 s; it may still arrive after that
        void this.later(serve);
        await wait(15_000);
        throw new DOMException("", "TimeoutError");
      case "broken server":
        throw new ApiError(503, "unexpected", "");
      default:
        throw unreachable();
    }
  }

  private async answer<T>(serve: () => T): Promise<T> {
    const answer = structuredClone(serve());
    await wait(5 + this.dice() * 300);
    return answer;
  }

  private async later(serve: () => unknown): Promise<void> {
    await wait(this.dice() * 30_000);
    try {
      serve();
    } catch {
      // nobody waits for it
    }
  }
}

/** One computer: its disk outlives its pages. */
export class Browser {
  readonly rows: { desk: string; operation: Operation }[] = [];
  readonly open = new Set<string>();
  readonly ever = new Set<string>();
}

/** A page as it lives: what it has been told, what it has written, until it is killed. */
export class Page {
  readonly written: Operation[] = [];
  isAlive = true;
  work!: Work;
  readonly desk: string;
  private readonly browser: Browser;

  constructor(browser: Browser, desk: string) {
    this.browser = browser;
    this.desk = desk;
  }

  async opens(server: Server, network: Network, dice: Dice): Promise<this> {
    const { browser, desk } = this;
    browser.open.add(desk);
    browser.ever.add(desk);
    const alive = <T>(promise: Promise<T>): Promise<T> => promise.then((value) => (this.isAlive ? value : never<T>()), (error) => (this.isAlive ? Promise.reject(error) : never<T>()));
    const ask = <T>(serve: () => T) => (this.isAlive ? alive(network.ask(serve)) : never<T>());
    const shelf = this.shelf(dice, alive);
    const around: Surroundings = {
      desk, shelf, desks: () => Promise.resolve(this.desks()),
      hold: (take) => ask(() => server.hold(desk, take)),
      post: (operations) => {
        const copies = structuredClone(operations);
        return ask(() => server.merge(desk, copies));
      },
      farewell: () => undefined,
      reload: () => ask(() => server.reading()),
    };
    const reading = await alive(patiently(() => network.ask(() => server.reading())));
    await this.waitsForOthers(shelf);
    const leftovers = await shelf.leftovers((one) => browser.open.has(one));
    this.written.push(...leftovers);
    this.work = new Work(reading, leftovers, around, true);
    void this.work.start();
    return this;
  }

  /** As useWork does: a page that has just been closed gets a moment to be gone. */
  private async waitsForOthers(shelf: Shelf): Promise<void> {
    const others = await shelf.others();
    for (let ms = 0; ms < 3000 && others.some((one) => this.browser.open.has(one)); ms += 100) await wait(100);
  }

  private desks(): Desks {
    const { open, ever } = this.browser;
    return { isOpen: (desk) => open.has(desk), isGone: (desk) => ever.has(desk) && !open.has(desk) };
  }

  private shelf(dice: Dice, alive: <T>(promise: Promise<T>) => Promise<T>): Shelf {
    const { browser, desk } = this;
    return {
      add: async (operation) => {
        this.written.push(operation);
        await alive(wait(dice() * 4));
        browser.rows.push({ desk, operation });
        await alive(wait(dice() * 2));
      },
      remove: async (keys) => {
        await alive(wait(dice() * 4));
        browser.rows.splice(0, Infinity, ...browser.rows.filter(({ operation }) => !keys.includes(operation.key)));
      },
      leftovers: async (isOpen) => browser.rows.filter((row) => row.desk === desk || !isOpen(row.desk)).map(({ operation }) => operation),
      orphans: async (isOpen) => browser.rows.filter((row) => row.desk !== desk && !isOpen(row.desk)).map(({ operation }) => operation),
      others: async () => [...new Set(browser.rows.map((row) => row.desk))].filter((one) => one !== desk),
    };
  }

  /** Closed, crashed, or killed: nothing of it happens any more. A browser under load frees its lock only later. */
  dies(lingersMs = 0): void {
    this.isAlive = false;
    if (lingersMs > 0) setTimeout(() => this.browser.open.delete(this.desk), lingersMs);
    else this.browser.open.delete(this.desk);
    this.work.stop();
  }
}

async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch {
      await wait(500);
    }
  }
}

export const sites: ItemCode[] = instrument.regions.flatMap(({ items }) => items.map(({ code }) => code));
