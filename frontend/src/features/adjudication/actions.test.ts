import { expect, test, vi } from "vitest";
import type { Adjudication, Dispute } from "@/api/types";
import { actionFor } from "@/lib/keys";
import { GIVEN_BY_NOBODY, besideDeciding, decidingActions, evidenceActions, movingActions } from "./actions";
import { BLANK, type Draft, type Value } from "./decisions";

const grade = (value: number) => ({ grade: value, not_assessable: "" });
const dispute = { item: "VB_C4", label: "BME at vertebral body C4", left: grade(0), right: grade(1), own_answer: null, is_revealed: true, decision: null } as unknown as Dispute;
const grades = [0, 1, 2, 3].map((value) => ({ value, label: `grade ${value}` }));
const regions = [{ code: "VB", grades, items: [{ code: "VB_C4" }] }];
const instrument = { regions, not_assessable_reasons: [{ code: "artefact", label: "Artefact" }, { code: "not_covered", label: "Not covered" }] };
const adjudication = (signature: unknown = null, fields = {}) =>
  ({ instrument, disputes: [dispute], signature, mode: "pick_item", may_give_other: true, ...fields }) as unknown as Adjudication;

const plain = { key: "", shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

interface Scene {
  isListOpen?: boolean;
  signature?: unknown;
  fields?: Partial<Adjudication>;
  about?: Partial<Dispute>;
}

/** What comes of it when the key is pressed. */
function pressed(code: string, { isListOpen = false, signature = null, fields = {}, about = {} }: Scene = {}) {
  const [onChange, onAnswer, onReveal, onRefuse] = [vi.fn<(draft: Draft) => void>(), vi.fn<(value: Value) => void>(), vi.fn(), vi.fn<(sentence: string) => void>()];
  const actions = decidingActions({
    adjudication: adjudication(signature, fields), dispute: { ...dispute, ...about }, draft: BLANK, isListOpen, onChange, onAnswer, onReveal, onRefuse,
    onList: () => undefined, onComment: () => undefined,
  });
  actionFor({ ...plain, code, key: code === "Enter" ? "Enter" : "" }, actions, false)?.perform();
  return { draft: onChange.mock.calls[0]?.[0], answer: onAnswer.mock.calls[0]?.[0], refused: onRefuse.mock.calls[0]?.[0], isRevealed: onReveal.mock.calls.length > 0 };
}

const press = (code: string, scene: Scene = {}) => pressed(code, scene).draft;

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

test("where no further answer may be given, a digit takes what a reader gave and nothing else", () => {
  const scene = { fields: { may_give_other: false } };
  expect(press("Digit1", scene)?.choice).toBe("right");
  expect(pressed("Digit3", scene)).toMatchObject({ draft: undefined, refused: GIVEN_BY_NOBODY });
});

const hidden = { is_revealed: false, left: null, right: null };

test("before anything is shown a digit is the own answer, and Enter keeps it", () => {
  const scene = { fields: { mode: "own_first" as const }, about: hidden };
  expect(pressed("Digit3", scene)).toMatchObject({ draft: undefined, answer: grade(3) });
  expect(pressed("Digit2", { ...scene, isListOpen: true }).answer).toEqual({ grade: null, not_assessable: "not_covered" });
  expect(pressed("Enter", scene).isRevealed).toBe(true);
  expect(press("ArrowLeft", scene)).toBeUndefined();
});

test("where nothing is ever shown, there is nothing to reveal", () => {
  expect(pressed("Enter", { fields: { mode: "median" }, about: hidden }).isRevealed).toBe(false);
});

test("the own answer can be taken once both readings are shown", () => {
  const scene = { fields: { mode: "own_first" as const }, about: { own_answer: grade(2) } };
  expect([press("KeyO", scene)?.choice, press("Digit2", scene)?.choice]).toEqual(["own", "own"]);
  expect(press("KeyO")).toBeUndefined();
});

test("a whole reading is a side, never a grade", () => {
  const scene = { fields: { mode: "pick_reading" as const } };
  expect(press("ArrowRight", scene)?.choice).toBe("right");
  expect(pressed("Digit1", scene)).toMatchObject({ draft: undefined, refused: "Choose a side: it counts for every item." });
});

test("no key means two things", () => {
  const nothing = () => undefined;
  const hands = { onChange: nothing, onAnswer: nothing, onReveal: nothing, onRefuse: nothing, onList: nothing, onComment: nothing };
  const deciding = decidingActions({ adjudication: adjudication(), dispute: { ...dispute, own_answer: grade(2) }, draft: BLANK, isListOpen: false, ...hands });
  const moving = movingActions({ isSigned: false, onMove: nothing, onNextOpen: nothing, onSign: nothing, onHelp: nothing });
  const keys = [...deciding, ...moving, ...evidenceActions({ hasPins: true, onBoth: nothing, onFlip: nothing })].flatMap((action) => action.keys);
  expect(new Set(keys).size).toBe(keys.length);
});
