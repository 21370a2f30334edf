import { Menu, VisuallyHidden } from "@mantine/core";
import type { Ref } from "react";
import type { Adjudication, Dispute } from "@/api/types";
import type { Action } from "@/lib/actions";
import { keyLabel } from "@/lib/keys";
import { reasonName } from "./actions";
import { CommentField } from "./CommentField";
import classes from "./DecisionBar.module.css";
import { type Draft, type Side, gapOf, lacking, valueOf } from "./decisions";
import { REASONS, gapWords, gradesOf, markOf, placeOf, wordsOf } from "./words";

interface Props {
  adjudication: Adjudication;
  dispute: Dispute;
  draft: Draft;
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

/** The value and the reason for one dispute. */
export function DecisionBar(props: Props) {
  const { dispute, draft, actions, commentField, onComment } = props;
  return (
    <section className={classes.bar} aria-label={`Decision on ${dispute.label}`}>
      <Head {...props} />
      <div className={classes.line} role="group" aria-label="Value">
        <SideButton {...props} side="left" />
        <SideButton {...props} side="right" />
        <Grades {...props} />
        <NotAssessable {...props} />
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

function Head({ dispute, draft, isDone, actions, hasOther }: Props) {
  const missing = lacking(draft);
  const next = named(actions, hasOther ? "next-open" : "sign");
  return (
    <header className={classes.head}>
      <h2>{dispute.label}</h2>
      <span className={classes.muted}>{gapWords(gapOf(dispute))}</span>
      <span className={classes.lacking} data-testid="lacking" role="status">{missing || (isDone ? "Decided" : "Not saved yet")}</span>
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
  const words = wordsOf(value, adjudication.instrument, placeOf(adjudication.instrument, dispute.item));
  return (
    <button
      type="button" data-testid={`decision-${side}`} data-side={side} className={classes.side} aria-pressed={draft.choice === side}
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

/** The grades that neither side gave; the others are the big buttons. */
function Grades({ adjudication: { instrument }, dispute, draft, actions }: Props) {
  const others = gradesOf(placeOf(instrument, dispute.item)).filter(({ value }) => value !== dispute.left.grade && value !== dispute.right.grade);
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

function NotAssessable({ adjudication: { instrument }, dispute, draft, actions, isListOpen, onListOpen }: Props) {
  const value = valueOf(draft, dispute);
  const isChosen = draft.choice === "other" && draft.not_assessable !== "";
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
