import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import classes from "./CommentField.module.css";
import { identityWarning } from "./identity";
import { useLeaveWarning } from "./useLeaveWarning";

interface Props {
  label: string;
  text: string;
  maxLength: number;
  placeholder?: string;
  onKeep: (text: string) => void;
  onLeave: () => void;
}

/** A few words: Enter keeps them, Esc leaves them. Going elsewhere keeps them too: nothing that was typed is lost by a click, and before a reload the browser asks. */
export function CommentField({ label, text, maxLength, placeholder = "", onKeep, onLeave }: Props) {
  const [typed, setTyped] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);
  const keep = () => onKeep(typed.trim());
  const end = useEnd(field, typed.trim() === text ? onLeave : keep);
  useLeaveWarning(typed.trim() !== text);
  useEffect(() => atItsEnd(field.current), []);
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.shiftKey) return;
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Enter") end(keep);
    if (event.key === "Escape") end(onLeave);
  };
  const warning = identityWarning(typed);
  return (
    <div className={classes.comment} data-testid="comment">
      <label>
        <span>{label}</span>
        <textarea
          ref={field} rows={3} value={typed} maxLength={maxLength} placeholder={placeholder}
          onChange={(event) => setTyped(event.currentTarget.value)} onKeyDown={pressed} onBlur={() => end()}
        />
      </label>
      <p className={classes.warning} role="status">{warning}</p>
      <p><kbd>Enter</kbd> keeps, <kbd>Esc</kbd> leaves it as it was</p>
    </div>
  );
}

/** A field ends once: by a key, by the focus going elsewhere, or by being taken away with what stands around it. */
function useEnd(field: RefObject<HTMLElement | null>, byItself: () => void): (how?: () => void) => void {
  const latest = useRef(byItself);
  latest.current = byItself;
  const isDone = useRef(false);
  const end = (how = latest.current) => {
    if (!isDone.current) how();
    isDone.current = true;
  };
  useEffect(() => {
    const element = field.current;
    return () => {
      if (!element?.isConnected) end();
    };
  }, []);
  return end;
}

function atItsEnd(field: HTMLTextAreaElement | null): void {
  field?.focus({ preventScroll: true });
  field?.setSelectionRange(field.value.length, field.value.length);
}
