import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Place } from "@/viewer";
import { graded, notAssessable } from "./draft";
import { BLANK, type Said, type Statement, type Thing, type Value, answerTo, commentOn, idOf, isAbout, isSame, pinAt, valueOf } from "./operations";
import { Browser, type Dice, Network, Page, Server, diceOf, pick, sites, wait } from "./world.fixture";
import { isSaved } from "./work";

const N_READINGS = 300;
const N_ACTS = 60;
const START = Date.parse("2026-11-03T14:03:22Z");
const DAY_MS = 86_400_000;
const uuid = (dice: Dice): string => `pin-${Math.floor(dice() * 2 ** 32).toString(16)}`;

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

/** One reader, two computers, a bad network. `words` is what was said last of each thing, as it stood on the screen. */
class Story {
  readonly server = new Server();
  readonly network: Network;
  readonly browsers: Browser[];
  readonly words = new Map<string, Value[]>();
  readonly things = new Map<string, Thing>();
  nSaid = 0;
  page!: Page;
  private readonly dice: Dice;
  private readonly isAtOneDesk: boolean;
  private nDesks = 0;

  /** Who works at one computer, and closes a page before the next one, is never asked which of two values counts. */
  constructor(dice: Dice, isAtOneDesk: boolean) {
    this.dice = dice;
    this.network = new Network(dice);
    this.isAtOneDesk = isAtOneDesk;
    this.browsers = isAtOneDesk ? [new Browser()] : [new Browser(), new Browser()];
  }

  /** Opens the reading on a computer, and takes it over if it is open elsewhere. */
  async opens(browser: Browser): Promise<void> {
    this.nDesks += 1;
    const page = await new Page(browser, `desk-${this.nDesks}`).opens(this.server, this.network, this.dice);
    this.page = page;
    page.work.subscribe(() => this.watches(page));
    await wait(1000);
    await this.isAtWork();
  }

  async isAtWork(): Promise<void> {
    while (this.page.work.snapshot().isElsewhere) {
      await this.page.work.takeOver();
      await wait(200);
    }
  }

  /** "Saved" is a promise: everything this page has said or brought along is at the server. */
  private watches({ work, written, isAlive }: Page): void {
    if (!isAlive || !isSaved(work.snapshot())) return;
    const missing = written.filter(({ key }) => !this.server.outcomes.has(key));
    expect(missing, "said to be saved before the server had it").toEqual([]);
  }

  async says(statement: Statement): Promise<void> {
    const { work } = this.page;
    if (isSame(valueOf(work.intended(), statement.thing), statement.value)) return;
    const before = work.intended();
    work.act(statement.thing.kind === "answer" ? { type: "answer", item: statement.thing.item, answer: statement.value as typeof BLANK } : { type: "say", ...statement });
    await this.hears(before, [statement.thing]);
  }

  async goesBackOrOn(type: "undo" | "redo"): Promise<void> {
    const before = this.page.work.intended();
    this.page.work.act({ type });
    await this.hears(before, [...this.things.values()]);
  }

  /** What is on the screen a moment later has been said; a page that dies first leaves it open whether it was. */
  private async hears(before: Said, about: Thing[]): Promise<void> {
    const page = this.page;
    for (const thing of about) this.things.set(idOf(thing), thing);
    const intended = page.work.intended();
    const changed = about.filter((thing) => !isSame(valueOf(before, thing), valueOf(intended, thing)));
    this.nSaid += changed.length;
    for (const thing of changed) this.words.set(idOf(thing), [...(this.words.get(idOf(thing)) ?? [valueOf(before, thing)]), valueOf(intended, thing)]);
    await wait(this.dice() < 0.9 ? 10 : this.dice() * 3);
    const shown = page.work.snapshot().draft;
    for (const thing of changed.filter((one) => isSame(valueOf(shown, one), valueOf(intended, one)))) {
      this.words.set(idOf(thing), [valueOf(shown, thing), ...this.followers(thing, valueOf(shown, thing))]);
    }
  }

  /** Which of two values counts, if there are two. */
  async decides(): Promise<void> {
    const { conflicts } = this.page.work.snapshot().outbox;
    if (this.isAtOneDesk) expect(conflicts).toEqual([]);
    for (const conflict of conflicts) {
      const choice = pick(this.dice, ["mine", "theirs"] as const);
      this.nSaid += 1;
      this.words.set(idOf(conflict.thing), [conflict[choice], ...(conflict[choice] === null ? this.followers(conflict.thing, null) : [])]);
      this.things.set(idOf(conflict.thing), conflict.thing);
      this.page.work.settle(conflict, choice);
    }
    await wait(20);
  }

  /** To agree with what stands is to say nothing new: what another computer has not sent yet, and said after it, still follows. */
  private followers(thing: Thing, value: Value): Value[] {
    if (!isSame(value, this.server.valueOf(idOf(thing)) ?? null)) return [];
    return this.browsers.flatMap(({ rows }) => rows.filter(({ operation }) => isAbout(operation, thing)).map(({ operation }) => operation.value));
  }

  async restsUntilSaved(): Promise<void> {
    for (let seconds = 0; seconds < 600; seconds += 1) {
      await wait(1000);
      await this.isAtWork();
      await this.decides();
      if (isSaved(this.page.work.snapshot())) return;
    }
    expect.unreachable("it is never saved");
  }

  async acts(): Promise<void> {
    const { dice } = this;
    await this.isAtWork();
    const roll = dice();
    if (roll < 0.55) await this.says({ thing: answerTo(pick(dice, sites.slice(0, 6))), value: pick(dice, [BLANK, graded(0), graded(1), graded(2), notAssessable("artefact")]) });
    else if (roll < 0.65) await this.says({ thing: commentOn(pick(dice, sites.slice(0, 3))), value: { text: `word ${Math.floor(dice() * 5)}` } });
    else if (roll < 0.72) await this.says({ thing: pinAt(pick(dice, sites), uuid(dice)), value: placeAt(dice) });
    else if (roll < 0.76) await this.takesOutAPin();
    else if (roll < 0.86) await this.goesBackOrOn(pick(dice, ["undo", "redo"]));
    else if (roll < 0.9) await this.changesDesk();
    else if (roll < 0.94) await this.decides();
    else await wait(dice() * 40_000);
    if (dice() < 0.5) await wait(dice() * 800);
  }

  private async takesOutAPin(): Promise<void> {
    const mark = this.page.work.intended().pins[0];
    if (mark) await this.says({ thing: pinAt(mark.item, mark.key), value: null });
  }

  /** The page is killed, or left open and forgotten; and the clock of the next computer is up to half a day wrong. */
  private async changesDesk(): Promise<void> {
    if (this.isAtOneDesk || this.dice() < 0.7) this.page.dies(this.dice() < 0.5 ? this.dice() * (this.isAtOneDesk ? 2500 : 8000) : 0);
    vi.setSystemTime(START + performance.now() + (this.dice() - 0.5) * DAY_MS);
    await this.opens(pick(this.dice, this.browsers));
  }
}

const placeAt = (dice: Dice): Place => ({
  series: 1, slice: Math.floor(dice() * 15), point: [dice(), dice(), dice()], view: { centre: [0, 0, 0], mm_per_pixel: 0.5, low: 0, high: 400 },
});

async function live(seed: number): Promise<Story> {
  const dice = diceOf(seed);
  const story = new Story(dice, seed % 3 === 0);
  await story.opens(story.browsers[0] as Browser);
  for (let act = 0; act < N_ACTS; act += 1) await story.acts();
  // In the end every computer is looked at once more, on a network that works, until nothing is left on any.
  story.network.trouble = 0.05;
  for (const browser of [...story.browsers, ...story.browsers]) {
    story.page.dies();
    for (const desk of browser.open) browser.open.delete(desk);
    await story.opens(browser);
    await story.restsUntilSaved();
  }
  return story;
}

function told(seed: number): Promise<Story> {
  const done = live(seed);
  let isOver = false;
  void done.then(() => (isOver = true), () => (isOver = true));
  return (async () => {
    while (!isOver) await vi.advanceTimersByTimeAsync(1000);
    return done;
  })();
}

const seeds = Array.from({ length: N_READINGS }, (_, number) => number + 1);

test.each(seeds)("what was said last is what the server has, whatever happened in between: reading %i", async (seed) => {
  const { server, words, things, page, browsers, nSaid } = await told(seed);
  for (const [id, thing] of things) {
    const standing = server.valueOf(id) ?? valueOf({ answers: {}, comments: {}, pins: [] }, thing);
    const wanted = words.get(id) ?? [];
    if (wanted.length > 0) expect(wanted.some((value) => isSame(value, standing)), `${id}: wanted ${JSON.stringify(wanted)}, stands ${JSON.stringify(standing)}`).toBe(true);
    expect(valueOf(page.work.snapshot().draft, thing), id).toEqual(standing);
  }
  expect(server.nEarly, "sent before what it follows").toBe(0);
  expect(new Set(server.applied.map(({ key }) => key)).size).toBe(server.applied.length);
  expect(server.applied.length).toBeLessThanOrEqual(nSaid);
  expect(browsers.flatMap(({ rows }) => rows)).toEqual([]);
  page.dies();
});
