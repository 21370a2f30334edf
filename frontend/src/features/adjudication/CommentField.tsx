import { type KeyboardEvent, type Ref, useEffect, useRef, useState } from "react";
import classes from "./DecisionBar.module.css";

const STILL_MS = 800;

interface Props {
  text: string;
  keyCap: string;
  ref: Ref<HTMLInputElement>;
  onCommit: (text: string) => void;
}

/** Written at leisure, kept when the fingers rest, when the field is left, and when another dispute is chosen. */
export function CommentField({ text, keyCap, ref, onCommit }: Props) {
  const [typed, setTyped] = useState(text);
  const latest = useRef({ typed, text, onCommit });
  latest.current = { typed, text, onCommit };
  const commit = () => {
    const { typed, text, onCommit } = latest.current;
    if (typed.trim() !== text) onCommit(typed.trim());
  };
  useEffect(() => {
    const timer = setTimeout(commit, STILL_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => commit, []);
  const leave = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
  };
  return (
    <label className={classes.comment}>
      <span>Comment</span>
      <input ref={ref} value={typed} maxLength={2000} placeholder={`Optional (${keyCap})`} onChange={(event) => setTyped(event.target.value)} onBlur={commit} onKeyDown={leave} data-testid="comment" />
    </label>
  );
}
