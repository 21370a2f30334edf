import { expect, test, vi } from "vitest";
import type { Adjudication, Dispute } from "@/api/types";
import { actionFor } from "@/lib/keys";
import { besideDeciding, decidingActions, movingActions } from "./actions";
import { BLANK, type Draft } from "./decisions";

const grade = (value: number) => ({ grade: value, not_assessable: "" });
const dispute = { item: "VB_C4", label: "BME at vertebral body C4", left: grade(0), right: grade(1), decision: null } as unknown as Dispute;
const grades = [0, 1, 2, 3].map((value) => ({ value, label: `grade ${value}` }));
const regions = [{ code: "VB", grades, items: [{ code: "VB_C4" }] }];
const instrument = { regions, not_assessable_reasons: [{ code: "artefact", label: "Artefact" }, { code: "not_covered", label: "Not covered" }] };
const adjudication = (signature: unknown = null) => ({ instrument, disputes: [dispute], signature }) as unknown as Adjudication;

const plain = { key: "", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

/** What the draft becomes when the key is pressed. */
function press(code: string, { isListOpen = false, signature = null as unknown } = {}): Draft | undefined {
  const onChange = vi.fn<(draft: Draft) => void>();
  const actions = decidingActions({
    adjudication: adjudication(signature), dispute, draft: BLANK, isListOpen, onChange, onList: () => undefined, onComment: () => undefined,
  });
  actionFor({ ...plain, code }, actions, false)?.perform();
  return onChange.mock.calls[0]?.[0];
}

test("arrows take a side", () => {
  expect([press("ArrowLeft")?.choice, press("ArrowRight")?.choice]).toEqual(["left", "right"]);
});

test("digits are grades, wherever the grade stands", () => {
  expect(press("Digit1")?.choice).toBe("right");
  expect(press("Digit3")).toMatchObject({ choice: "other", grade: 3 });
  expect(press("Digit4")).toBeUndefined();
});

test("digits are reasons only while the list of reasons is open", () => {
  expect(press("Digit2", { isListOpen: true })).toMatchObject({ choice: "other", grade: null, not_assessable: "not_covered" });
});

test("letters give the reason and keep the rest", () => {
  expect(press("KeyQ")).toEqual({ ...BLANK, reason: "level" });
});

test("nothing is decided after signing", () => {
  expect(press("ArrowLeft", { signature: {} })).toBeUndefined();
});

test("the panes are chosen with Shift, for the bare arrows decide", () => {
  const pane = { name: "pane-left", keys: ["ArrowLeft"], label: "", group: "Images" as const, enabled: true, perform: () => undefined };
  expect(besideDeciding([pane])[0]?.keys).toEqual(["Shift+ArrowLeft"]);
});

test("no key means two things", () => {
  const nothing = () => undefined;
  const deciding = decidingActions({ adjudication: adjudication(), dispute, draft: BLANK, isListOpen: false, onChange: nothing, onList: nothing, onComment: nothing });
  const keys = [...deciding, ...movingActions({ isSigned: false, onMove: nothing, onNextOpen: nothing, onSign: nothing, onHelp: nothing })].flatMap((action) => action.keys);
  expect(new Set(keys).size).toBe(keys.length);
});
