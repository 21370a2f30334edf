import { beforeEach, expect, test, vi } from "vitest";
import type { Action } from "@/lib/actions";
import type { ItemCode } from "@/lib/brand";
import { type Desk, readingActions } from "./actions";
import { BLANK, begin, graded, itemsOf, notAssessable } from "./draft";
import { instrument } from "./instrument.fixture";

const order = itemsOf(instrument).map((item) => item.code);
const spies = {
  give: vi.fn(), go: vi.fn(), undo: vi.fn(), redo: vi.fn(), askReason: vi.fn(), hint: vi.fn(), toggleDiagram: vi.fn(), review: vi.fn(), help: vi.fn(),
};
const site = { comment: vi.fn(), drop: vi.fn(), next: vi.fn(), takeOut: vi.fn() };
const reporting = { begin: vi.fn(), choose: vi.fn(), write: vi.fn(), takeBack: vi.fn() };
const bare: Pick<Desk, "evidence" | "report"> = { evidence: { nPins: 0, isAtPin: false, ...site }, report: { stage: "idle", ...reporting } };
const pinned = (isAtPin: boolean) => ({ evidence: { ...bare.evidence, nPins: 2, isAtPin } });
const report = (stage: Desk["report"]["stage"]) => ({ report: { ...bare.report, stage } });

function actionsOf(changes: Partial<Desk> = {}): Action[] {
  return readingActions({ instrument, order, draft: begin(order, {}), isLocked: false, isAskingReason: false, ...spies, ...bare, ...changes });
}

function press(key: string, changes: Partial<Desk> & { current?: string } = {}): boolean {
  const { current = "VB_C4", ...rest } = changes;
  const draft = { ...begin(order, {}), current: current as ItemCode };
  const action = actionsOf({ draft, ...rest }).find((one) => one.enabled && one.keys.includes(key));
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
  for (const key of ["Digit2", "KeyX", "Backspace", "Mod+KeyZ", "Mod+Enter", "Tab"]) expect(press(key, { isLocked: true })).toBe(false);
  expect(press("KeyJ", { isLocked: true })).toBe(true);
  expect(spies.go).toHaveBeenCalledWith("VB_C5");
});

test("no single key signs", () => {
  expect(actionsOf().find((action) => action.name === "review")?.keys).toEqual(["Mod+Enter"]);
});

test("E comments on the site, P pins the place under the pointer", () => {
  press("KeyE");
  expect(site.comment).toHaveBeenCalledOnce();
  press("KeyP");
  expect(site.drop).toHaveBeenCalledOnce();
});

test("G goes to the site's pin; a site without one says so", () => {
  press("KeyG", pinned(false));
  expect(site.next).toHaveBeenCalledOnce();
  press("KeyG");
  expect(spies.hint).toHaveBeenCalledWith("This site has no pin");
});

test("a pin is taken out only where one stands at it", () => {
  press("Delete", pinned(false));
  expect(site.takeOut).not.toHaveBeenCalled();
  press("Delete", pinned(true));
  expect(site.takeOut).toHaveBeenCalledOnce();
});

test("two keys report that the case is not evaluable", () => {
  press("KeyQ");
  expect(reporting.begin).toHaveBeenCalledOnce();
  press("Digit1", report("choosing"));
  expect(reporting.choose).toHaveBeenCalledWith("not_evaluable");
});

test("while the kinds are asked for, no digit is a grade", () => {
  expect(press("Digit0", report("choosing"))).toBe(false);
  press("Digit2", report("choosing"));
  expect(spies.give).not.toHaveBeenCalled();
});

test("a report that is held leaves the digits to the grades, and can be taken back", () => {
  press("Digit2", report("held"));
  expect(spies.give).toHaveBeenCalledWith("VB_C4", graded(2));
  press("Escape", report("held"));
  expect(reporting.takeBack).toHaveBeenCalledOnce();
});

test("after signing there is no comment and no pin, but pins can be visited and problems reported", () => {
  const signed = { isLocked: true, ...pinned(true) };
  for (const key of ["KeyE", "KeyP", "Delete"]) expect(press(key, signed)).toBe(false);
  expect([press("KeyG", signed), press("KeyQ", signed)]).toEqual([true, true]);
});

test("no key does two things", () => {
  const keys = actionsOf(pinned(true)).filter(({ enabled }) => enabled).flatMap((action) => action.keys);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test("a scale of percent steps has a key for its 10", () => {
  const steps = Array.from({ length: 11 }, (_, value) => ({ value, label: `${value}0 %`, definition: "" }));
  const long = { ...instrument, regions: instrument.regions.map((region) => ({ ...region, grades: steps })) };
  const keys = actionsOf({ instrument: long }).filter(({ name }) => name.startsWith("grade-")).map((action) => action.keys[0]);
  expect(keys).toEqual([...Array.from({ length: 10 }, (_, value) => `Digit${value}`), "Shift+Digit0"]);
});
