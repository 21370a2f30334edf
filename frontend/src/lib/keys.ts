/** Keys become actions here, in one listener a page: the same rules for reading and adjudicating. */
import { useEffect, useRef } from "react";
import { flushSync } from "react-dom";
import type { Action } from "./actions";

/** What of a KeyboardEvent decides. */
export type Stroke = Pick<KeyboardEvent, "code" | "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey"> & Partial<Pick<KeyboardEvent, "getModifierState">>;

/** Holding these does them again; a grade held for a moment too long must not fill the next sites. */
const REPEATING = /^(Arrow|Page|Tab$|KeyJ$|KeyK$|Equal$|Minus$|NumpadAdd$|NumpadSubtract$)/;
const NUMBER_PAD = /^Numpad\d$/;
const SIGNS: Record<string, string> = { "+": "Equal", "=": "Equal", "-": "Minus" };
const FOREIGN_LETTER = /(?!\p{Script=Latin})\p{L}/u;
const TEXT_FIELDS = 'textarea, select, [contenteditable=""], [contenteditable="true"], input:not([type=checkbox], [type=radio], [type=button])';
const CONTROLS = "button, a[href], summary, input, [role=button], [role=menuitem]";
const OPEN_DIALOG = '[role=dialog][aria-modal="true"], dialog[open]';

export function isMac(platform = typeof navigator === "undefined" ? "" : navigator.platform): boolean {
  return /^(Mac|iP)/.test(platform);
}

/**
 * The key as the map names it. Digits count by their place (AZERTY's top row, the number pad), letters and signs by
 * what is printed on them, or by their place where the layout has no Latin letters. The number pad has digits, NumLock or not.
 */
export function codeOf({ code, key }: Pick<Stroke, "code" | "key">): string {
  if (NUMBER_PAD.test(code)) return `Digit${code.slice(-1)}`;
  if (code === "NumpadEnter") return "Enter";
  if (/^(Digit|Numpad|Space$)/.test(code)) return code;
  if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
  if (key in SIGNS) return SIGNS[key] as string;
  // The comma of a French keyboard stands where others have the M, the ß of a German one where others have the minus.
  return key.length === 1 && !FOREIGN_LETTER.test(key) ? key : code;
}

/** Windows hides the Shift that is held on a number pad: only NumLock without a digit betrays it. */
function isShifted(stroke: Stroke): boolean {
  const isHidden = NUMBER_PAD.test(stroke.code) && !/^\d$/.test(stroke.key) && stroke.getModifierState?.("NumLock") === true;
  return stroke.shiftKey || isHidden;
}

/** Whether the stroke is the key, such as "Digit2", "Shift+KeyJ", "Mod+Enter", or the sign itself: "?". */
export function matches(stroke: Stroke, key: string, mac = isMac()): boolean {
  const mod = mac ? stroke.metaKey : stroke.ctrlKey;
  const other = mac ? stroke.ctrlKey : stroke.metaKey;
  if (other) return false;
  if (key.length === 1) return !mod && !stroke.altKey && stroke.key === key;
  const parts = key.split("+");
  if (stroke.altKey !== parts.includes("Alt")) return false;
  const sameModifiers = mod === parts.includes("Mod") && isShifted(stroke) === parts.includes("Shift");
  return sameModifiers && codeOf(stroke) === parts.at(-1);
}

export function actionFor(stroke: Stroke, actions: Action[], mac = isMac()): Action | undefined {
  return actions.find((action) => action.enabled && action.keys.some((key) => matches(stroke, key, mac)));
}

export function mayRepeat(stroke: Pick<Stroke, "code" | "key">): boolean {
  return REPEATING.test(codeOf(stroke));
}

/** Typing is never scoring, and a sheet that is open has the keyboard for itself. */
function belongsElsewhere(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : document.body;
  if (event.isComposing || event.defaultPrevented || document.querySelector(OPEN_DIALOG)) return true;
  const isPlain = !event.ctrlKey && !event.metaKey;
  // A focused button keeps the keys that press it and the way to the next one.
  const isControls = isPlain && ["Space", "Enter", "NumpadEnter", "Tab"].includes(event.code) && target.closest(CONTROLS) !== null;
  return isControls || target.closest(TEXT_FIELDS) !== null;
}

/** One listener for the page. Earlier actions win; they are asked for afresh at every stroke. */
export function useKeys(actions: () => Action[]): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    let hadSheet = false;
    // Asked before anybody acts: the Esc that closes a sheet must not mean something in the room behind it as well.
    const first = () => {
      hadSheet = document.querySelector(OPEN_DIALOG) !== null;
    };
    const pressed = (event: KeyboardEvent) => {
      if (hadSheet || belongsElsewhere(event)) return;
      const action = actionFor(event, latest.current());
      if (!action) return;
      event.preventDefault();
      // At once: X asks for a reason, and a quick 1 after it must be the first reason, not the grade 1.
      if (!event.repeat || mayRepeat(event)) flushSync(() => action.perform());
    };
    window.addEventListener("keydown", first, true);
    window.addEventListener("keydown", pressed);
    return () => {
      window.removeEventListener("keydown", first, true);
      window.removeEventListener("keydown", pressed);
    };
  }, []);
}

const CAPS: Record<string, string> = {
  ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", PageUp: "PgUp", PageDown: "PgDn", Escape: "Esc", Delete: "Del",
  Equal: "+", Minus: "−", NumpadAdd: "Num +", NumpadSubtract: "Num −", Comma: ",", Period: ".", Slash: "/",
};

function capOf(part: string, mac: boolean): string {
  if (part === "Mod") return mac ? "⌘" : "Ctrl";
  if (part === "Shift" && mac) return "⇧";
  if (part === "Alt" && mac) return "⌥";
  return CAPS[part] ?? part.replace(/^(Digit|Key)/, "");
}

/** The key as it is printed: "Ctrl+Enter", "Shift+J", "2". */
export function keyLabel(key: string, mac = isMac()): string {
  return key.length === 1 ? key : key.split("+").map((part) => capOf(part, mac)).join(mac ? " " : "+");
}
