/**
 * The work at one reading: what is said goes to the shelf, then to the screen, and to the server until it has arrived.
 *
 * React draws `snapshot()`. Keys are answered by `intended()`, which runs ahead of the screen by the moment a change
 * takes to be on the shelf: a grade typed in between belongs to the next site already.
 */
import type { Feedback, OperationsAnswer, Reading } from "@/api/types";
import { newKey } from "@/lib/newKey";
import type { Desks } from "./desk";
import { type Draft, type DraftEvent, begin, draftReducer, itemsOf, saidBetween } from "./draft";
import { type Operation, type Said, type Statement, type Thing, idOf, saidIn, sayingAll } from "./operations";
import { type Conflict, type Outbox, adopted, answered, failed, made, openOutbox, rebased, sent, unsent, without } from "./outbox";
import type { Shelf } from "./shelf";
import { type Halt, type Trouble, delayMs, troubleIn } from "./trouble";

const RENEW_MS = 10_000;
const MOST_AT_FAREWELL = 100; // a browser takes 64 KB from a page that goes
const LAPSE_MS = 30_000; // the server lets go of a desk that was silent for so long

export interface WorkState {
  draft: Draft;
  outbox: Outbox;
  /** Another page has the reading: nothing can be changed here. */
  isElsewhere: boolean;
  isSignedOut: boolean;
  halt: Halt | null;
  /** When the server last took a change, by its clock. */
  savedAt: string | null;
  failures: number;
  /** Changes on their way to the shelf. */
  nWriting: number;
  /** False where this browser keeps nothing: then a change lives in this page until it has arrived. */
  isKept: boolean;
  /** What was said after the reading had been signed elsewhere; it is not part of it. */
  tooLate: Statement[];
  refusals: string[];
  /** In practice, the reference of every site that was answered, as the server last told; null in a live reading. */
  feedback: Feedback[] | null;
}

/** The world around the work; tests bring another one. */
export interface Surroundings {
  desk: string;
  shelf: Shelf;
  desks: () => Promise<Desks>;
  post: (operations: Operation[]) => Promise<OperationsAnswer>;
  hold: (take: boolean) => Promise<unknown>;
  /** The same when the page is about to go: nobody waits for an answer. */
  farewell: (operations: Operation[]) => void;
  /** The reading as the server has it now. */
  reload: () => Promise<Reading>;
}

const latest = (reading: Reading) => reading.scores.map((score) => score.saved_at).sort().at(-1) ?? null;

export class Work {
  private readonly around: Surroundings;
  private readonly reduce: (draft: Draft, event: DraftEvent) => Draft;
  private readonly watchers = new Set<() => void>();
  private state: WorkState;
  private ahead: Draft;
  private writes: Promise<void> = Promise.resolve();
  private readonly isSigned: boolean;
  private isRunning = true;
  private isBehind: boolean;
  private readonly known = new Set<string>(); // keys of changes that other pages had left
  private readonly spoken = new Set<string>(); // things that something was said about in this page
  private readonly foreign = new Set<string>(); // of the known changes, those about such things: never shown, the server decides
  private heldAt: number | null = null;
  private nRequests = 0;
  private most: number | undefined;
  private trying: ReturnType<typeof setTimeout> | undefined;
  private renewing: ReturnType<typeof setInterval> | undefined;

  constructor(reading: Reading, leftovers: Operation[], around: Surroundings, isAutoAdvancing: boolean, tooLate: Statement[] = []) {
    const order = itemsOf(reading.instrument).map((item) => item.code);
    const outbox = openOutbox(reading, leftovers);
    const { answers, ...rest } = sayingAll(saidIn(reading), unsent(outbox));
    this.around = around;
    this.isSigned = reading.state === "signed";
    this.reduce = draftReducer(order);
    this.ahead = begin(order, answers, isAutoAdvancing, rest);
    for (const one of leftovers) this.known.add(one.key);
    this.isBehind = leftovers.length > 0; // what of it had arrived, and what has been said since, only the server knows
    this.state = {
      draft: this.ahead, outbox, isElsewhere: false, isSignedOut: false, halt: null, savedAt: latest(reading), failures: 0, nWriting: 0, isKept: true,
      tooLate, refusals: [], feedback: reading.feedback ?? null,
    };
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };
  readonly snapshot = (): WorkState => this.state;
  readonly intended = (): Draft => this.ahead;

  /** Takes the desk's place at the reading, then sends what waits. Resolves when it is known who has the reading. */
  async start(): Promise<void> {
    this.isRunning = true;
    if (this.isSigned) return this.send(); // what was left over had arrived, or came too late: the server knows
    await this.hold();
    if (!this.isRunning) return; // left in the meantime
    this.renewing = setInterval(() => void this.hold(), RENEW_MS);
  }

  stop(): void {
    this.isRunning = false;
    clearTimeout(this.trying);
    clearInterval(this.renewing);
  }

  /** What a person does. What it says is refused while another page has the reading. */
  act(event: DraftEvent): void {
    const before = this.ahead;
    const next = this.reduce(before, event);
    const said = saidBetween(before, next);
    if (said && this.state.isElsewhere) return;
    this.ahead = next;
    if (said) this.say(said);
    else if (this.state.nWriting === 0) this.show(next);
  }

  /**
   * A conflict is decided. Either value is said anew after the one that stood: should something else stand there by now,
   * the reader is asked again. Only what is taken out already cannot be taken out once more.
   */
  settle(conflict: Conflict, choice: "mine" | "theirs"): void {
    const chosen = { thing: conflict.thing, value: conflict[choice] };
    this.stand([chosen]);
    if (choice === "mine" || chosen.value !== null) return this.say(chosen);
    this.forget(conflict.keys);
    this.change({ outbox: without(this.state.outbox, conflict.thing) });
  }

  /** Work here, wherever the reading was open until now. */
  takeOver(): Promise<void> {
    return this.hold(true);
  }

  /** Go on after a halt, a wait, or signing in again. */
  resume(): void {
    this.change({ halt: null, isSignedOut: false, failures: 0 });
    clearTimeout(this.trying);
    this.trying = undefined;
    void this.hold();
  }

  /** The page goes, and may never come back; what it leaves is on the shelf as well. */
  leave(): void {
    const { isElsewhere, outbox } = this.state;
    if (this.isRunning && !isElsewhere && outbox.waiting.length > 0) this.around.farewell(outbox.waiting.slice(0, MOST_AT_FAREWELL));
  }

  /** Somebody is back at this page: others may have had the reading while it slept. */
  wake(): void {
    if (!this.isRunning || this.isSigned) return;
    this.hurry();
    void this.hold();
  }

  /** At once, if a try is due some time later: the network is back. */
  hurry(): void {
    clearTimeout(this.trying);
    this.trying = undefined;
    void this.send();
  }

  private say(said: Statement): void {
    this.spoken.add(idOf(said.thing));
    const { outbox, operation, over } = made(this.state.outbox, said, newKey(), new Date());
    const shown = this.ahead;
    this.change({ outbox, nWriting: this.state.nWriting + 1 });
    this.writes = this.writes.then(() => this.keep(operation, over)).then(() => {
      this.change({ nWriting: this.state.nWriting - 1 });
      this.show(this.state.nWriting > 0 ? shown : this.ahead);
      void this.send();
    });
  }

  private async keep(operation: Operation, over: string[]): Promise<void> {
    try {
      await this.around.shelf.add(operation);
      if (over.length > 0) await this.around.shelf.remove(over);
    } catch {
      this.change({ isKept: false });
    }
  }

  private async send(): Promise<void> {
    const { isElsewhere, isSignedOut, halt } = this.state;
    if (!this.isRunning || isElsewhere || isSignedOut || halt || this.trying || this.state.outbox.nInFlight > 0) return;
    const { outbox, batch } = sent(this.state.outbox, this.most);
    if (batch.length === 0) return this.catchUp();
    this.nRequests++;
    this.change({ outbox });
    try {
      this.took(await this.around.post(batch));
    } catch (error) {
      this.change({ outbox: failed(this.state.outbox) });
      await this.meet(troubleIn(error));
    }
    void this.send();
  }

  private took({ saved_at, outcomes, feedback }: OperationsAnswer): void {
    const { outbox, done, standing, refusals } = answered(this.state.outbox, outcomes, this.foreign);
    this.change({ outbox, savedAt: saved_at, failures: 0, refusals: [...this.state.refusals, ...refusals], feedback: feedback ?? this.state.feedback });
    this.forget(done);
    this.stand(standing);
  }

  /** After what is still being written: a change may be acknowledged before it was on the shelf. */
  private forget(keys: string[]): void {
    this.writes = this.writes.then(() => this.around.shelf.remove(keys)).catch(() => undefined);
  }

  private async meet(trouble: Trouble): Promise<void> {
    switch (trouble.kind) {
      case "passing":
        return this.waitAndTry();
      case "signed out":
        return this.change({ isSignedOut: true });
      case "elsewhere":
        return this.giveWay(trouble.desk);
      case "signed":
        return this.isOneByOne() ? this.tooLate() : undefined;
      case "halt":
        return this.change({ halt: { code: trouble.code, message: trouble.message } });
    }
  }

  private waitAndTry(): void {
    const failures = this.state.failures + 1;
    this.change({ failures });
    if (this.isRunning) this.trying = setTimeout(() => this.hurry(), delayMs(failures));
  }

  /** Another desk has it. One of this browser whose page was killed has it no more. */
  private async giveWay(desk: string): Promise<void> {
    const { isGone } = await this.around.desks();
    this.isBehind = true; // whatever became of it, it may have said something
    if (isGone(desk)) return this.hold(true);
    this.change({ isElsewhere: true });
  }

  /** What lies on the shelf of a page that was still closing when this one opened. */
  private async adopt(): Promise<void> {
    const { isOpen } = await this.around.desks();
    const orphans = (await this.around.shelf.orphans(isOpen).catch((): Operation[] => [])).filter(({ key }) => !this.known.has(key));
    if (orphans.length === 0 || !this.isRunning) return;
    for (const { key } of orphans) this.known.add(key);
    const isOwn = (thing: Thing) => this.spoken.has(idOf(thing));
    for (const { key } of orphans.filter(isOwn)) this.foreign.add(key);
    this.isBehind = true;
    this.change({ outbox: adopted(this.state.outbox, orphans, isOwn) });
    this.stand(orphans.filter((one) => !isOwn(one)).map((one) => ({ thing: one, value: one.value })));
  }

  /** Whether somebody else could have had the reading since this page last heard that it has it. */
  private hasLapsed(): boolean {
    const [before, now] = [this.heldAt, performance.now()];
    this.heldAt = now;
    return before !== null && now - before > LAPSE_MS;
  }

  private async hold(take = false): Promise<void> {
    try {
      await this.around.hold(take);
      await this.adopt();
      if (this.state.isElsewhere || this.hasLapsed()) {
        this.isBehind = true;
        await this.catchUp();
      }
      this.change({ isElsewhere: false });
    } catch (error) {
      const trouble = troubleIn(error);
      const isTold = trouble.kind === "signed" && this.state.outbox.waiting.length > 0; // by sending what waits: it may have arrived
      if (trouble.kind === "signed") this.change({ isElsewhere: false }); // nobody works at it any more
      if (trouble.kind !== "passing" && !isTold) await this.meet(trouble);
    }
    void this.send();
  }

  /** Some of what was sent together may have arrived before the signature: asked one by one, the server says which. */
  private isOneByOne(): boolean {
    const isAlone = this.most === 1 || this.state.outbox.waiting.length <= 1;
    this.most = 1;
    return isAlone;
  }

  /** Signed elsewhere in the meantime: what counts is what was signed. */
  private async tooLate(): Promise<void> {
    const { waiting, conflicts } = this.state.outbox;
    const keys = [...waiting.map(({ key }) => key), ...conflicts.flatMap((one) => one.keys)];
    this.forget(keys);
    this.change({ tooLate: [...this.state.tooLate, ...unsent(this.state.outbox)], outbox: { ...this.state.outbox, waiting: [], conflicts: [] } });
    try {
      await this.around.reload();
      this.stop();
    } catch {
      // Asked for again with the desk, until what counts is on the screen.
    }
  }

  /** After a time in which others may have worked at the reading: what the server has is shown, but for what is on its way. */
  private async catchUp(): Promise<void> {
    if (!this.isBehind || !this.isRunning || this.state.outbox.nInFlight > 0) return; // what is out may arrive before or after the look
    const before = this.nRequests;
    this.isBehind = false;
    try {
      const reading = await this.around.reload();
      if (before !== this.nRequests) throw new Error("Something was sent meanwhile: what was read may be older than that.");
      const { outbox, over } = rebased(this.state.outbox, reading);
      this.change({ outbox, feedback: reading.feedback ?? null });
      this.forget(over);
      const { waiting } = this.state.outbox;
      // What another page left, and what may have arrived long ago: only once it is answered it is known what has become of it.
      this.isBehind ||= this.state.outbox.nUnsure > 0 || waiting.some(({ key }) => this.known.has(key));
      const own = { ...this.state.outbox, waiting: waiting.filter(({ key }) => !this.foreign.has(key)) };
      this.replace(sayingAll(saidIn(reading), unsent(own)));
    } catch {
      this.isBehind = true;
    }
  }

  private stand(statements: Statement[]): void {
    if (statements.length > 0) this.replace(sayingAll(this.ahead, statements));
  }

  private replace({ answers, comments, pins }: Said): void {
    this.ahead = this.reduce(this.ahead, { type: "stand", said: { answers, comments, pins } });
    this.show(this.ahead);
  }

  private show(draft: Draft): void {
    this.change({ draft });
  }

  private change(part: Partial<WorkState>): void {
    this.state = { ...this.state, ...part };
    for (const watcher of this.watchers) watcher();
  }
}

/** Everything that was said has arrived, and nothing is left to decide. */
export function isSaved({ outbox, nWriting }: Pick<WorkState, "outbox" | "nWriting">): boolean {
  return outbox.waiting.length === 0 && outbox.conflicts.length === 0 && nWriting === 0;
}
