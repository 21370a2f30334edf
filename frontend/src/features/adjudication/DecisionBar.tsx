import { Menu, VisuallyHidden } from "@mantine/core";
import type { Ref } from "react";
import type { Adjudication, Dispute } from "@/api/types";
import type { Action } from "@/lib/actions";
import { keyLabel } from "@/lib/keys";
import { reasonName } from "./actions";
import { CommentField } from "./CommentField";
import classes from "./DecisionBar.module.css";
import { type Draft, type Side, type Value, gapOf, isNew, lacking, valueOf } from "./decisions";
import { askedOf, isNeverShown } from "./modes";
import { REASONS, gapWords, gradesOf, markOf, placeOf, wordsOf } from "./words";

interface Props {
  adjudication: Adjudication;
  dispute: Dispute;
  draft: Draft;
  /** The own answer, while nothing is shown. */
  answer: Value | null;
  /** Why the last key did nothing. */
  hint: string;
  isDone: boolean;
  /** The very actions that the keys perform. */
  actions: Action[];
  isListOpen: boolean;
  /** Whether another dispute waits for a decision. */
  hasOther: boolean;
  commentField: Ref<HTMLInputElement>;
  onListOpen: (isOpen: boolean) => void;
  onComment: (text: string) => void;
}

/** The value and the reason for one dispute; or, while nothing is shown, the own answer alone. */
export function DecisionBar(props: Props) {
  const { adjudication, dispute, draft, actions, commentField, onComment } = props;
  const asked = askedOf(adjudication.mode, dispute);
  if (asked === "own") return <AnswerBar {...props} />;
  return (
    <section className={classes.bar} aria-label={`Decision on ${dispute.label}`}>
      <Head {...props} />
      <div className={classes.line} role="group" aria-label="Value">
        <SideButton {...props} side="left" />
        <SideButton {...props} side="right" />
        {dispute.own_answer && <OwnButton {...props} />}
        {asked === "decision" && adjudication.may_give_other && <Grades {...props} />}
        {asked === "decision" && adjudication.may_give_other && <NotAssessable {...props} />}
      </div>
      <div className={classes.line} role="group" aria-label="Reason">
        {REASONS.map(({ code, label }) => (
          <Choice key={code} action={named(actions, reasonName(code))} isChosen={draft.reason === code} className={classes.chip}>{label}</Choice>
        ))}
        <CommentField ref={commentField} text={draft.comment} keyCap={keyLabel("KeyY")} onCommit={onComment} />
      </div>
    </section>
  );
}

/** Every grade, and nothing of what anybody else said. */
function AnswerBar(props: Props) {
  const { adjudication, dispute, answer, actions } = props;
  const reveal = actions.find(({ name }) => name === "reveal");
  return (
    <section className={classes.bar} aria-label={`Your answer on ${dispute.label}`}>
      <Head {...props} />
      <div className={classes.line} role="group" aria-label="Your answer">
        {gradesOf(placeOf(adjudication.instrument, dispute.item)).map(({ value, label }) => (
          <button
            key={value} type="button" className={classes.grade} title={label} aria-label={`${value}, ${label}`} data-testid={`answer-grade-${value}`}
            aria-pressed={answer?.grade === value} onClick={named(actions, `grade-${value}`).perform}
          >
            {value}
          </button>
        ))}
        <NotAssessable {...props} />
        {reveal && (
          <button type="button" className={classes.onward} disabled={!answer} onClick={reveal.perform} data-testid="reveal">
            Keep it and show both readings <kbd>{keyLabel("Enter")}</kbd>
          </button>
        )}
      </div>
      <p className={classes.note}>
        {reveal ? "Once both readings are shown, your own answer stays as it is; then you decide." : "You can change your answers until you sign. Neither reading is shown, also not afterwards."}
      </p>
    </section>
  );
}

function answerLacking(answer: Value | null, isHidden: boolean): string {
  if (!answer) return "Give your own answer";
  return isHidden ? "" : "Not shown yet";
}

function Head({ adjudication: { mode }, dispute, draft, answer, hint, isDone, actions, hasOther }: Props) {
  const asked = askedOf(mode, dispute);
  const missing = asked === "own" ? answerLacking(answer, isNeverShown(mode)) : lacking(draft);
  const next = named(actions, hasOther ? "next-open" : "sign");
  const done = asked === "own" ? "Answered" : "Decided";
  return (
    <header className={classes.head}>
      <h2>{dispute.label}</h2>
      {dispute.is_revealed && <span className={classes.muted}>{gapWords(gapOf(dispute))}</span>}
      {asked === "whole" && <span className={classes.muted}>one side for every item</span>}
      <span className={classes.lacking} data-testid="lacking" data-hint={hint !== "" || undefined} role="status">{hint || missing || (isDone ? done : "Not saved yet")}</span>
      {isDone && (
        <button type="button" className={classes.next} onClick={next.perform}>
          {hasOther ? "Next undecided" : "Review and sign"} <kbd>{keyLabel(next.keys[0] as string)}</kbd>
        </button>
      )}
    </header>
  );
}

function SideButton({ adjudication, dispute, draft, actions, side }: Props & { side: Side }) {
  const value = dispute[side];
  if (!value) return null;
  const words = wordsOf(value, adjudication.instrument, placeOf(adjudication.instrument, dispute.item));
  return (
    <button
      type="button" data-testid={`decision-${side}`} data-side={side} data-appears={dispute.own_answer !== null || undefined} className={classes.side} aria-pressed={draft.choice === side}
      onClick={named(actions, `take-${side}`).perform}
    >
      <VisuallyHidden>Take the {side} value: </VisuallyHidden>
      {side === "left" && <span aria-hidden="true">←</span>}
      <strong>{markOf(value)}</strong>
      <span className={classes.words}>{words}</span>
      {side === "right" && <span aria-hidden="true">→</span>}
    </button>
  );
}

/** What the adjudicator said before both readings were shown. */
function OwnButton({ adjudication: { instrument }, dispute, draft, actions }: Props) {
  const value = dispute.own_answer;
  if (!value) return null;
  return (
    <button type="button" data-testid="decision-own" data-side="own" className={classes.side} aria-pressed={draft.choice === "own"} onClick={named(actions, "take-own").perform}>
      <VisuallyHidden>Take your own answer: </VisuallyHidden>
      <kbd aria-hidden="true">O</kbd>
      <strong>{markOf(value)}</strong>
      <span className={classes.words}>yours: {wordsOf(value, instrument, placeOf(instrument, dispute.item))}</span>
    </button>
  );
}

/** The grades that nobody gave; the others are the big buttons. */
function Grades({ adjudication: { instrument }, dispute, draft, actions }: Props) {
  const others = gradesOf(placeOf(instrument, dispute.item)).filter(({ value }) => isNew(dispute, { grade: value, not_assessable: "" }));
  const chosen = draft.choice === "other" ? draft.grade : null;
  return others.map(({ value, label }) => (
    <button
      key={value} type="button" className={classes.grade} title={label} aria-label={`Another grade: ${value}, ${label}`} data-testid={`decision-grade-${value}`}
      aria-pressed={chosen === value} onClick={named(actions, `grade-${value}`).perform}
    >
      {value}
    </button>
  ));
}

function NotAssessable({ adjudication: { instrument }, dispute, draft, answer, actions, isListOpen, onListOpen }: Props) {
  const value = dispute.is_revealed ? valueOf(draft, dispute) : answer;
  const isChosen = value !== null && value.not_assessable !== "" && (!dispute.is_revealed || draft.choice === "other");
  return (
    <Menu opened={isListOpen} onChange={onListOpen} position="top-start" width={260} transitionProps={{ duration: 0 }} zIndex={300}>
      <Menu.Target>
        <button type="button" className={classes.choice} aria-pressed={isChosen} data-testid="decision-not-assessable">
          <kbd>X</kbd> {isChosen && value ? wordsOf(value, instrument, undefined) : "not assessable"}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {instrument.not_assessable_reasons.map(({ code, label }, index) => (
          <Menu.Item key={code} rightSection={<kbd className={classes.cap}>{index + 1}</kbd>} onClick={named(actions, `not-assessable-${code}`).perform}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ChoiceProps {
  action: Action;
  isChosen: boolean;
  className: string | undefined;
  children: string;
}

function Choice({ action, isChosen, className, children }: ChoiceProps) {
  return (
    <button type="button" className={className} aria-pressed={isChosen} data-testid={action.name} onClick={action.perform} disabled={!action.enabled}>
      <kbd aria-hidden="true">{keyLabel(action.keys[0] as string)}</kbd> {children}
    </button>
  );
}

function named(actions: Action[], name: string): Action {
  const found = actions.find((action) => action.name === name);
  if (!found) throw new Error(`There is no action ${name}.`);
  return found;
}
