/** Everything a reader can do in the room besides the images, each with its key. */
import type { Instrument, ProblemKind, ScoreValue } from "@/api/types";
import type { Action } from "@/lib/actions";
import type { ItemCode } from "@/lib/brand";
import { BLANK, type Draft, graded, nextBlank, notAssessable, regionOf, regionStepFrom, stepFrom } from "./draft";
import { PROBLEM_KINDS, type Reporting } from "./problems";

/** The room as the actions see it. */
export interface Desk {
  instrument: Instrument;
  order: ItemCode[];
  draft: Draft;
  /** Signed, or open at another desk: one can look, and change nothing. */
  isLocked: boolean;
  isAskingReason: boolean;
  give: (item: ItemCode, answer: ScoreValue) => void;
  go: (item: ItemCode) => void;
  undo: () => void;
  redo: () => void;
  askReason: (item: ItemCode | null) => void;
  evidence: Evidence;
  report: ReportDesk;
  hint: (sentence: string) => void;
  toggleDiagram: () => void;
  review: () => void;
  help: () => void;
}

/** What can be said and shown beside a grade, at the current site. */
export interface Evidence {
  nPins: number;
  isAtPin: boolean;
  comment: () => void;
  drop: () => void;
  next: () => void;
  takeOut: () => void;
}

export interface ReportDesk {
  stage: Reporting["stage"];
  begin: () => void;
  choose: (kind: ProblemKind) => void;
  write: () => void;
  takeBack: () => void;
}

/** Digits are grades, except while a list asks for one. */
export function readingActions(desk: Desk): Action[] {
  return [...(questionActions(desk) ?? [...scoringActions(desk), ...evidenceActions(desk)]), ...roomActions(desk)];
}

function questionActions(desk: Desk): Action[] | null {
  if (desk.isAskingReason) return reasonActions(desk);
  return desk.report.stage === "choosing" ? kindActions(desk.report) : null;
}

function kindActions({ choose, takeBack }: ReportDesk): Action[] {
  const kinds = PROBLEM_KINDS.map(({ code, label }, index): Action => ({
    name: `problem-${code}`, keys: [`Digit${index + 1}`], label, group: "Reading", enabled: true, perform: () => choose(code),
  }));
  return [...kinds, { name: "problem-cancel", keys: ["Escape", "KeyQ"], label: "No report after all", group: "Reading", enabled: true, perform: takeBack }];
}

function reasonActions({ instrument, draft, give, askReason }: Desk): Action[] {
  const reasons = instrument.not_assessable_reasons.map(({ code, label }, index): Action => ({
    name: `reason-${code}`, keys: [`Digit${index + 1}`], label, group: "Scoring", enabled: true, perform: () => give(draft.current, notAssessable(code)),
  }));
  return [...reasons, { name: "reason-cancel", keys: ["Escape", "KeyX"], label: "No reason after all", group: "Scoring", enabled: true, perform: () => askReason(null) }];
}

function scoringActions(desk: Desk): Action[] {
  const { instrument, order, draft, isLocked, go, hint } = desk;
  const { current, answers } = draft;
  const action = (name: string, keys: string[], label: string, perform: () => void, enabled = true): Action => ({
    name, keys, label, group: "Scoring", enabled, perform,
  });
  const toBlank = () => {
    const blank = nextBlank(order, answers, current);
    if (blank) go(blank);
    else hint("Every site has an answer");
  };
  return [
    ...gradeValues(instrument).map((value) => action(`grade-${value}`, [keyOf(value)], `Grade ${value}`, () => grade(desk, value), !isLocked)),
    action("not-assessable", ["KeyX"], "Not assessable, with a reason", () => desk.askReason(current), !isLocked),
    action("clear", ["Backspace"], "Clear: blank again", () => desk.give(current, BLANK), !isLocked),
    // At either end Tab leaves the list, or a person without a mouse would be caught in it; where nothing can be changed, at once.
    action("site-next", ["Tab"], "Next site", () => go(stepFrom(order, current, 1)), !isLocked && current !== order.at(-1)),
    action("site-previous", ["Shift+Tab"], "Previous site", () => go(stepFrom(order, current, -1)), !isLocked && current !== order[0]),
    action("site-down", ["KeyJ"], "Next site", () => go(stepFrom(order, current, 1))),
    action("site-up", ["KeyK"], "Previous site", () => go(stepFrom(order, current, -1))),
    action("region-next", ["Shift+KeyJ"], "Next region", () => go(regionStepFrom(instrument, current, 1))),
    action("region-previous", ["Shift+KeyK"], "Previous region", () => go(regionStepFrom(instrument, current, -1))),
    action("blank-next", ["KeyN"], "Next site without an answer", toBlank),
  ];
}

function evidenceActions({ draft, isLocked, evidence, hint }: Desk): Action[] {
  const { nPins, isAtPin, comment, drop, next, takeOut } = evidence;
  const action = (name: string, keys: string[], label: string, perform: () => void, enabled = true): Action => ({
    name, keys, label, group: "Evidence", enabled, perform,
  });
  const isSite = draft.current !== "";
  return [
    action("comment", ["KeyE"], "Comment on the site", comment, isSite && !isLocked),
    action("pin", ["KeyP"], "Pin the place under the pointer to the site", drop, isSite && !isLocked),
    action("pin-next", ["KeyG"], "Go to the site's pin; again: to its next one", () => (nPins > 0 ? next() : hint("This site has no pin"))),
    action("pin-out", ["Delete"], "Take out the pin where one stands", () => (isAtPin ? takeOut() : hint("Go to the pin first (G)")), !isLocked && nPins > 0),
  ];
}

function roomActions({ draft, isLocked, isAskingReason, report, undo, redo, toggleDiagram, review, help }: Desk): Action[] {
  const isAsking = isAskingReason || report.stage === "choosing";
  const action = (name: string, keys: string[], label: string, perform: () => void, enabled = true): Action => ({
    name, keys, label, group: "Reading", enabled, perform,
  });
  const held = [
    action("problem-word", ["KeyQ"], "Add a word to the report", report.write),
    action("problem-back", ["Escape"], "Take the report back", report.takeBack),
  ];
  return [
    { ...action("undo", ["Mod+KeyZ"], "Undo", undo, draft.done.length > 0 && !isLocked && !isAsking), group: "Scoring" },
    { ...action("redo", ["Shift+Mod+KeyZ"], "Redo", redo, draft.undone.length > 0 && !isLocked && !isAsking), group: "Scoring" },
    ...(report.stage === "held" ? held : []),
    action("problem", ["KeyQ"], "Report a problem with the images", report.begin, report.stage === "idle"),
    action("review", ["Mod+Enter"], "Review and sign", review, !isLocked && !isAsking),
    action("diagram", ["KeyD"], "Diagram", toggleDiagram),
    action("help", ["?"], "Keys", help),
    // Questions and sheets do this themselves; here it is for the sheet of the keys.
    action("leave", ["Escape"], "Leave a question or a sheet", () => undefined, false),
  ];
}

function gradeValues({ regions }: Instrument): number[] {
  return [...new Set(regions.flatMap((region) => region.grades.map(({ value }) => value)))].sort((a, b) => a - b);
}

/** Scales of percent steps end at 10. */
const keyOf = (value: number): string => (value === 10 ? "Shift+Digit0" : `Digit${value}`);

/** A digit the site does not know changes nothing: a slip must not become a value. */
function grade({ instrument, draft, give, hint }: Desk, value: number): void {
  const grades = regionOf(instrument, draft.current)?.grades ?? [];
  if (grades.some((one) => one.value === value)) give(draft.current, graded(value));
  else hint(`Only ${grades.map((one) => `${one.value} (${one.label})`).join(" or ")} here`);
}
