import { Link } from "react-router";
import type { Reading } from "@/api/types";
import { Code } from "@/ui/Code";
import { IconFlask } from "@/ui/icons";
import type { ViewerStatus } from "@/viewer";
import type { SaverStatus } from "./saver";
import classes from "./TopBar.module.css";
import { saveWords } from "./words";

interface Props {
  reading: Reading;
  saver: SaverStatus;
  viewer: ViewerStatus | null;
  onHelp: () => void;
}

/** The one line above the images: which case, whether the answers are safe, how the panes hang together. */
export function TopBar({ reading, saver, viewer, onHelp }: Props) {
  return (
    <section className={classes.bar} aria-label="This reading">
      <Link to="/worklist" className={classes.button}>
        <span aria-hidden="true">‹</span> My readings
      </Link>
      <h1 className={classes.case}>
        <Code>{reading.code}</Code>
        <span className={classes.position}>{reading.position} of {reading.n_readings}</span>
      </h1>
      {reading.is_synthetic && (
        <span className={classes.synthetic}>
          <IconFlask size={14} /> Synthetic demo data: no patient
        </span>
      )}
      <span className={classes.space} />
      {viewer && <ViewerBadge viewer={viewer} />}
      <span className={classes.save} data-testid="save-state" data-state={saver.state} role="status" aria-live="polite" aria-atomic="true">
        {saveWords(saver)}
      </span>
      <button type="button" className={classes.button} onClick={onHelp} aria-label="Keys" title="Keys (?)">?</button>
    </section>
  );
}

function ViewerBadge({ viewer }: { viewer: ViewerStatus }) {
  if (viewer.phase === "loading") return <span className={classes.badge}>Loading images</span>;
  if (viewer.phase === "failed") return <span className={classes.badge} data-warns>Images failed to load</span>;
  return <span className={classes.badge} data-warns={!viewer.linked || undefined}>{viewer.linked ? "Panes linked" : "Panes not linked"}</span>;
}
