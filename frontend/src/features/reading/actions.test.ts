import { beforeEach, expect, test, vi } from "vitest";
import type { ItemCode } from "@/lib/brand";
import { type Desk, readingActions } from "./actions";
import { BLANK, begin, graded, itemsOf, notAssessable } from "./draft";
import { instrument } from "./instrument.fixture";

const order = itemsOf(instrument).map((item) => item.code);
const spies = {
  give: vi.fn(), go: vi.fn(), undo: vi.fn(), redo: vi.fn(), askReason: vi.fn(), hint: vi.fn(), toggleDiagram: vi.fn(), review: vi.fn(), help: vi.fn(),
};

function press(key: string, changes: Partial<Desk> & { current?: string } = {}): boolean {
  const { current = "VB_C4", ...rest } = changes;
  const draft = { ...begin(order, {}), current: current as ItemCode };
  const actions = readingActions({ instrument, order, draft, isSigned: false, isAskingReason: false, ...spies, ...rest });
  const action = actions.find((one) => one.enabled && one.keys.includes(key));
  action?.perform();
  return action !== undefined;
}

beforeEach(() => void vi.clearAllMocks());

test("a digit is the grade of the current site", () => {
  press("Digit2");
  expect(spies.give).toHaveBeenCalledWith("VB_C4", graded(2));
});

test("a flag takes 0 and 1; another digit is refused with a hint", () => {
  press("Digit1", { current: "DG_C3C4" });
  expect(spies.give).toHaveBeenCalledWith("DG_C3C4", graded(1));
  press("Digit2", { current: "DG_C3C4" });
  expect(spies.give).toHaveBeenCalledTimes(1);
  expect(spies.hint).toHaveBeenCalledWith("Only 0 (absent) or 1 (present) here");
});

test("X asks for the reason, and only then a digit is one", () => {
  press("KeyX");
  expect(spies.askReason).toHaveBeenCalledWith("VB_C4");
  press("Digit1", { isAskingReason: true });
  expect(spies.give).toHaveBeenCalledWith("VB_C4", notAssessable("artefact"));
});

test("while the reasons are asked for, no digit is a grade", () => {
  expect(press("Digit0", { isAskingReason: true })).toBe(false);
  expect(spies.give).not.toHaveBeenCalled();
});

test("escape takes the question back", () => {
  press("Escape", { isAskingReason: true });
  expect(spies.askReason).toHaveBeenCalledWith(null);
});

test("backspace makes the site blank", () => {
  press("Backspace");
  expect(spies.give).toHaveBeenCalledWith("VB_C4", BLANK);
});

test("Tab leaves the list at its ends", () => {
  expect(press("Tab", { current: "DG_C7T1" })).toBe(false);
  expect(press("Shift+Tab", { current: "AA_C1C2" })).toBe(false);
  expect(press("Tab")).toBe(true);
});

test("after signing nothing changes, but one can look", () => {
  for (const key of ["Digit2", "KeyX", "Backspace", "Mod+KeyZ", "Mod+Enter"]) expect(press(key, { isSigned: true })).toBe(false);
  expect(press("KeyJ", { isSigned: true })).toBe(true);
  expect(spies.go).toHaveBeenCalledWith("VB_C5");
});

test("no single key signs", () => {
  const all = readingActions({ instrument, order, draft: begin(order, {}), isSigned: false, isAskingReason: false, ...spies });
  expect(all.find((action) => action.name === "review")?.keys).toEqual(["Mod+Enter"]);
});
