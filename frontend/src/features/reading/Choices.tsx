import type { ReactNode } from "react";
import classes from "./Choices.module.css";

interface Props<Code extends string> {
  /** What is asked, for screen readers. */
  label: string;
  title: string;
  choices: readonly { code: Code; label: string }[];
  testId: string;
  onChoose: (code: Code) => void;
  children?: ReactNode;
}

/** A question with few answers, each on its digit. It has the focus as long as it is there. */
export function Choices<Code extends string>({ label, title, choices, testId, onChoose, children }: Props<Code>) {
  return (
    <div className={classes.list} role="group" aria-label={label} data-testid={testId}>
      <p>{title}</p>
      {choices.map(({ code, label }, index) => (
        <button key={code} type="button" autoFocus={index === 0} onClick={() => onChoose(code)}>
          <kbd>{index + 1}</kbd> {label}
        </button>
      ))}
      {children}
      <p><kbd>Esc</kbd> back</p>
    </div>
  );
}
