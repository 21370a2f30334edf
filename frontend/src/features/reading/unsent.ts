/** Answers the server has not acknowledged, kept in this tab so that a reload loses nothing. */
import type { ScoreValue } from "@/api/types";
import { unsentPrefix } from "@/api/session";
import type { ReadingCode } from "@/lib/brand";
import { type Answers, isSame } from "./draft";

type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Unsent {
  private readonly key: string;
  private readonly shelf: Shelf;

  /** The key names the person: on a shared workstation nobody meets another's answers. */
  constructor(username: string, code: ReadingCode, shelf: Shelf = sessionStorage) {
    this.key = `${unsentPrefix(username)}${code}`;
    this.shelf = shelf;
  }

  read(): Answers {
    try {
      return JSON.parse(this.shelf.getItem(this.key) ?? "{}") as Answers;
    } catch {
      return {};
    }
  }

  keep(answers: Answers): void {
    if (Object.keys(answers).length > 0) this.write({ ...this.read(), ...answers });
  }

  /** Only if it is still that value: a newer one is not acknowledged by the older one's answer. */
  forget(item: string, value: ScoreValue): void {
    const { [item]: kept, ...rest } = this.read();
    if (kept && isSame(kept, value)) this.write(rest);
  }

  clear(): void {
    this.shelf.removeItem(this.key);
  }

  private write(answers: Answers): void {
    if (Object.keys(answers).length === 0) return this.clear();
    try {
      this.shelf.setItem(this.key, JSON.stringify(answers));
    } catch {
      // Storage may be full or forbidden; the values still stand in the page and are still being sent.
    }
  }
}
