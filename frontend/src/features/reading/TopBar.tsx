import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Reading } from "@/api/types";
import type { Action } from "@/lib/actions";
import { keyLabel } from "@/lib/keys";
import { Code } from "@/ui/Code";
import { IconFlag, IconFlask, IconMap, IconRedo, IconUndo } from "@/ui/icons";
import type { ViewerStatus } from "@/viewer";
import classes from "./TopBar.module.css";
import type { Saving } from "./useDraft";
import { saveWords, secondLookWords } from "./words";

interface Props {
  reading: Reading;
  saving: Saving;
  viewer: ViewerStatus | null;
  actions: Action[];
}

const BUTTONS: [string, ReactNode][] = [["undo", <IconUndo />], ["redo", <IconRedo />], ["diagram", <IconMap />], ["problem", <IconFlag />], ["help", "?"]];

/** The same in every case, so that it says nothing of this one. */
const SECOND_LOOK = "Some sites of cases you have read are asked again. This is so in every case.";

/** The one line above the images: which case, whether the answers are safe, how the panes hang together. */
export function TopBar({ reading, saving, viewer, actions }: Props) {
  return (
    <section className={classes.bar} aria-label="This reading">
      <Link to="/worklist" className={classes.button}>
        <span aria-hidden="true">‹</span> My readings
      </Link>
      <h1 className={classes.case}>
        <Code>{reading.code}</Code>
        <span className={classes.position}>{reading.position} of {reading.n_readings}</span>
      </h1>
      {reading.asked.length > 0 && <span className={classes.badge} title={SECOND_LOOK}>{secondLookWords(reading.asked)}</span>}
      {reading.feedback && <span className={classes.badge}>Practice</span>}
      {reading.is_synthetic && (
        <span className={classes.synthetic} title="Synthetic demo data: no patient">
          <IconFlask size={14} /> <span>Synthetic demo data: no patient</span>
        </span>
      )}
      <span className={classes.space} />
      {viewer && <ViewerBadge viewer={viewer} />}
      <span className={classes.save} data-testid="save-state" data-state={saving.state} role="status" aria-live="polite" aria-atomic="true">
        {saveWords(saving)}
      </span>
      <div className={classes.tools}>{BUTTONS.map(([name, face]) => <Tool key={name} action={actions.find((one) => one.name === name)} face={face} />)}</div>
    </section>
  );
}

/** The button of an action: the same name, the same key, the same doing. */
function Tool({ action, face }: { action: Action | undefined; face: ReactNode }) {
  if (!action) return null;
  const { label, keys, enabled, perform } = action;
  return (
    <button type="button" className={classes.tool} disabled={!enabled} onClick={perform} aria-label={label} title={`${label} (${keyLabel(keys[0] ?? "")})`}>
      {face}
    </button>
  );
}

function ViewerBadge({ viewer }: { viewer: ViewerStatus }) {
  if (viewer.phase === "loading") return <span className={classes.badge}>Loading images</span>;
  if (viewer.phase === "failed") return <span className={classes.badge} data-warns>Images failed to load</span>;
  return <span className={classes.badge} data-warns={!viewer.linked || undefined}>{viewer.linked ? "Panes linked" : "Panes not linked"}</span>;
}
