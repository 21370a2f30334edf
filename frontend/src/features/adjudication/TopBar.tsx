import { Link } from "react-router";
import type { Adjudication } from "@/api/types";
import { Code } from "@/ui/Code";
import { IconFlask } from "@/ui/icons";
import classes from "./Room.module.css";
import type { SaveState } from "./saving";
import { clock } from "./words";

interface Props {
  adjudication: Adjudication;
  saving: SaveState;
  onHelp: () => void;
}

function sentence({ phase, savedAt, message }: SaveState): string {
  if (phase === "saving") return "Saving…";
  if (phase === "waiting") return `Not saved yet, trying again. ${message}`;
  if (phase === "refused") return `Not saved. ${message}`;
  return savedAt ? `Saved ${clock(savedAt)}` : "Each decision is saved as you make it";
}

export function TopBar({ adjudication, saving, onHelp }: Props) {
  return (
    <header className={classes.top}>
      <Link to="/adjudications" className={classes.back}>← Queue</Link>
      <h1 className={classes.title}>
        Case <Code>{adjudication.code}</Code>
      </h1>
      {adjudication.is_synthetic && (
        <aside className={classes.synthetic} aria-label="About these data">
          <IconFlask size={14} /> Synthetic demo data: no patient
        </aside>
      )}
      {adjudication.signature && <span className={classes.locked}>Signed and locked</span>}
      <span role="status" aria-live="polite" data-testid="save-state" data-phase={saving.phase} className={classes.saving} title={saving.message}>
        {adjudication.signature ? "" : sentence(saving)}
      </span>
      <button type="button" className={classes.help} onClick={onHelp} aria-keyshortcuts="?">
        Keys <kbd className={classes.cap}>?</kbd>
      </button>
    </header>
  );
}
