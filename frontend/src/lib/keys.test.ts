import { expect, test } from "vitest";
import type { Action } from "./actions";
import { actionFor, keyLabel, matches, mayRepeat, type Stroke } from "./keys";

const stroke = (code: string, key: string, held: Partial<Stroke> = {}): Stroke => ({
  code, key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held,
});
const action = (name: string, keys: string[], enabled = true): Action => ({
  name, keys, label: name, group: "Scoring", enabled, perform: () => undefined,
});

test("a digit counts by its place: the top row of a French keyboard types é where the 2 is", () => {
  expect(matches(stroke("Digit2", "é"), "Digit2", false)).toBe(true);
});

test("the number pad gives digits too", () => {
  expect(matches(stroke("Numpad2", "2"), "Digit2", false)).toBe(true);
});

test("a number pad without NumLock still has its digits", () => {
  expect(matches(stroke("Numpad2", "ArrowDown"), "Digit2", false)).toBe(true);
  expect(matches(stroke("Numpad2", "ArrowDown"), "ArrowDown", false)).toBe(false);
});

test("Shift on a number pad is found where Windows hides it: a preset must not become a grade", () => {
  const hidden = stroke("Numpad2", "ArrowDown", { getModifierState: (key) => key === "NumLock" });
  expect(matches(hidden, "Digit2", false)).toBe(false);
  expect(matches(hidden, "Shift+Digit2", false)).toBe(true);
});

test("a letter is the one printed on the key", () => {
  expect(matches(stroke("KeyY", "z", { ctrlKey: true }), "Mod+KeyZ", false)).toBe(true);
  expect(matches(stroke("KeyZ", "y", { ctrlKey: true }), "Mod+KeyZ", false)).toBe(false);
});

test("a layout without Latin letters goes by place", () => {
  expect(matches(stroke("KeyJ", "ο"), "KeyJ", false)).toBe(true);
});

// What the top row types: [code, key] of digits 0 to 6.
const FRENCH = ["à", "&", "é", '"', "'", "(", "-"];
const GERMAN = ["0", "1", "2", "3", "4", "5", "6"];

test.each([["French", FRENCH], ["German", GERMAN]])("a %s top row gives the digits 0 to 6", (_, row) => {
  row.forEach((key, digit) => expect(matches(stroke(`Digit${digit}`, key), `Digit${digit}`, false)).toBe(true));
});

test.each([
  ["French", "KeyA", "q", "KeyQ"], ["French", "KeyQ", "a", "KeyA"], ["French", "KeyZ", "w", "KeyW"], ["French", "Semicolon", "m", "KeyM"],
  ["German", "KeyY", "z", "KeyZ"], ["German", "KeyZ", "y", "KeyY"], ["French", "KeyP", "p", "KeyP"], ["German", "KeyG", "g", "KeyG"],
])("on a %s keyboard %s types %s and is %s", (_, code, key, name) => {
  expect(matches(stroke(code, key), name, false)).toBe(true);
});

test("a sign that stands where others have a letter is no letter", () => {
  expect(matches(stroke("KeyM", ","), "KeyM", false)).toBe(false);
  expect(matches(stroke("Minus", "ß"), "Minus", false)).toBe(false);
  expect(matches(stroke("Minus", ")"), "Minus", false)).toBe(false);
});

test("plus and minus are found where a German keyboard has them", () => {
  expect(matches(stroke("BracketRight", "+"), "Equal", false)).toBe(true);
  expect(matches(stroke("Slash", "-"), "Minus", false)).toBe(true);
});

test("the question mark is found on a German and on a French keyboard", () => {
  expect(matches(stroke("Minus", "?", { shiftKey: true }), "?", false)).toBe(true);
  expect(matches(stroke("KeyM", "?", { shiftKey: true }), "?", false)).toBe(true);
});

test("the space bar is itself, also while it types a blank", () => {
  expect(matches(stroke("Space", " "), "Space", false)).toBe(true);
});

test("modifiers must be exactly those of the key", () => {
  const shifted = stroke("Digit1", "!", { shiftKey: true });
  expect(matches(shifted, "Shift+Digit1", false)).toBe(true);
  expect(matches(shifted, "Digit1", false)).toBe(false);
  expect(matches(stroke("Digit1", "1", { altKey: true }), "Digit1", false)).toBe(false);
  expect(matches(stroke("Digit1", "1", { ctrlKey: true }), "Digit1", false)).toBe(false);
});

test("Mod is Control, and Command on a Mac", () => {
  expect(matches(stroke("Enter", "Enter", { ctrlKey: true }), "Mod+Enter", false)).toBe(true);
  expect(matches(stroke("Enter", "Enter", { metaKey: true }), "Mod+Enter", false)).toBe(false);
  expect(matches(stroke("Enter", "Enter", { metaKey: true }), "Mod+Enter", true)).toBe(true);
  expect(matches(stroke("Enter", "Enter", { ctrlKey: true }), "Mod+Enter", true)).toBe(false);
});

test("a sign is found wherever the layout has it", () => {
  expect(matches(stroke("Comma", "?", { shiftKey: true }), "?", false)).toBe(true);
});

test("the first enabled action has the key", () => {
  const actions = [action("asleep", ["KeyX"], false), action("first", ["KeyX"]), action("second", ["KeyX"])];
  expect(actionFor(stroke("KeyX", "x"), actions, false)?.name).toBe("first");
});

test("a held grade is given once; a held arrow goes on", () => {
  expect(mayRepeat(stroke("Digit2", "2"))).toBe(false);
  expect(mayRepeat(stroke("ArrowDown", "ArrowDown"))).toBe(true);
});

test("caps read as they are printed", () => {
  expect(["Digit2", "Shift+KeyJ", "Mod+Enter", "ArrowUp", "?"].map((key) => keyLabel(key, false))).toEqual(["2", "Shift+J", "Ctrl+Enter", "↑", "?"]);
  expect(keyLabel("Shift+Mod+KeyZ", true)).toBe("⇧ ⌘ Z");
});

test("Alt makes another key of an arrow", () => {
  expect(matches(stroke("ArrowUp", "ArrowUp", { altKey: true }), "Alt+ArrowUp", false)).toBe(true);
  expect(matches(stroke("ArrowUp", "ArrowUp", { altKey: true }), "ArrowUp", false)).toBe(false);
  expect(matches(stroke("ArrowUp", "ArrowUp"), "Alt+ArrowUp", false)).toBe(false);
  expect(keyLabel("Alt+ArrowUp", false)).toBe("Alt+↑");
});
