import { Link } from "react-router";
import { CASE_STATES, useCases } from "@/api/cases";
import { useStudyCode } from "@/api/studies";
import type { CaseCheck } from "@/api/types";
import { keyLabel } from "@/lib/keys";
import { Code } from "@/ui/Code";
import { IconFlask } from "@/ui/icons";
import type { Shades } from "@/viewer/sheet";
import { LOOKS } from "./actions";
import classes from "./TopBar.module.css";
import { nextToCheck } from "./verdict";

interface Props {
  check: CaseCheck;
  isSynthetic: boolean;
  shades: Shades;
  onShades: (shades: Shades) => void;
  onHelp: () => void;
}

/** Which case, how it is looked at, and how many wait. */
export function TopBar({ check, isSynthetic, shades, onShades, onHelp }: Props) {
  const study = useStudyCode();
  const { left } = nextToCheck(useCases(study).data ?? [], check.code);
  return (
    <section className={classes.bar} aria-label="This case">
      <Link to={`/studies/${study}/cases`} className={classes.button}>
        <span aria-hidden="true">‹</span> Cases
      </Link>
      <h1 className={classes.case}>
        {check.subject} <Code>{check.code}</Code>
        <span className={classes.state} data-testid="case-state">{CASE_STATES[check.state].label}</span>
      </h1>
      {isSynthetic && (
        <span className={classes.synthetic}>
          <IconFlask size={14} /> Synthetic demo data: no patient
        </span>
      )}
      <span className={classes.space} />
      <div className={classes.looks} role="group" aria-label="Window">
        {LOOKS.map(({ look, keys, label, short }) => (
          <button
            key={look} type="button" className={classes.look} aria-pressed={shades.look === look} onClick={() => onShades({ ...shades, look })}
            title={`${label} (${keyLabel(keys[1] as string)})`}
          >
            {short}
          </button>
        ))}
      </div>
      {left > 0 && <span className={classes.left} data-testid="left-to-check">{left} more to check</span>}
      <button type="button" className={classes.button} onClick={onHelp} aria-label="Keys" title="Keys (?)">?</button>
    </section>
  );
}
