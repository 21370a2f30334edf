/** The queue of saving.ts with a clock and a network: every change goes out at once, and again until it has arrived. */
import { ApiError } from "@/api/errors";
import type { SavedScore, ScoreValue } from "@/api/types";
import { messageOf } from "@/lib/message";
import type { Answers } from "./draft";
import { acknowledged, delayMs, failed, type Halt, openQueue, type Queue, type SaveState, saveState, sent, unsaved, waitingItems, want } from "./saving";

export interface SaverStatus {
  state: SaveState;
  nUnsaved: number;
  /** When the server last took an answer, by the server's clock. */
  savedAt: string | null;
  halt: Halt | null;
}

interface Options {
  acknowledged: Answers;
  savedAt: string | null;
  put: (item: string, value: ScoreValue) => Promise<SavedScore>;
  onUnsaved: (answers: Answers) => void;
  onAcknowledged: (saved: SavedScore, value: ScoreValue) => void;
}

/** The network or the server failed, not the answer: trying again may help, so it never ends. */
function mayPass(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status === 429 || error.status >= 500;
}

export class Saver {
  private readonly options: Options;
  private readonly watchers = new Set<() => void>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private queue: Queue;
  private halt: Halt | null = null;
  private savedAt: string | null;
  private isRunning = true;
  private status: SaverStatus;

  constructor(options: Options) {
    this.options = options;
    this.queue = openQueue(options.acknowledged);
    this.savedAt = options.savedAt;
    this.status = this.describe();
  }

  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  readonly snapshot = (): SaverStatus => this.status;

  want(answers: Answers): void {
    this.change(want(this.queue, answers));
    this.options.onUnsaved(unsaved(this.queue));
    this.flush();
  }

  /** Start, or go on after a halt or a wait: everything that is due goes out now. */
  readonly resume = (): void => {
    this.isRunning = true;
    this.halt = null;
    this.clearTimers();
    this.change(this.queue);
    this.flush();
  };

  /** No new tries; what is in flight still arrives. */
  stop(): void {
    this.isRunning = false;
    this.clearTimers();
  }

  private flush(): void {
    if (!this.isRunning || this.halt) return;
    for (const item of waitingItems(this.queue)) if (!this.timers.has(item)) void this.send(item);
  }

  private async send(item: string): Promise<void> {
    this.change(sent(this.queue, item));
    const value = this.queue[item]?.inFlight as ScoreValue;
    try {
      const saved = await this.options.put(item, value);
      this.savedAt = saved.saved_at;
      this.change(acknowledged(this.queue, item));
      this.options.onAcknowledged(saved, value);
    } catch (error) {
      if (!mayPass(error)) this.halt = { code: (error as ApiError).code, message: messageOf(error) };
      this.change(failed(this.queue, item));
      this.wait(item);
    }
    this.flush();
  }

  private wait(item: string): void {
    if (!this.isRunning || this.halt) return;
    const again = () => {
      this.timers.delete(item);
      this.flush();
    };
    this.timers.set(item, setTimeout(again, delayMs(this.queue[item]?.failures ?? 1)));
  }

  private clearTimers(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private describe(): SaverStatus {
    return { state: saveState(this.queue, this.halt), nUnsaved: Object.keys(unsaved(this.queue)).length, savedAt: this.savedAt, halt: this.halt };
  }

  private change(queue: Queue): void {
    this.queue = queue;
    this.status = this.describe();
    for (const watcher of this.watchers) watcher();
  }
}
