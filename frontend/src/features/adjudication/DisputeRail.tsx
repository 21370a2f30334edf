import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Adjudication, Dispute } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { keyLabel } from "@/lib/keys";
import { type Draft, type Value, gapOf, valueOf } from "./decisions";
import { DecidedMark, GapDots } from "./marks";
import { ModeBanner } from "./ModeBanner";
import { isNeverShown } from "./modes";
import classes from "./Rail.module.css";
import { byRegion, gapWords, markOf } from "./words";

export interface Decided {
  adjudication: Adjudication;
  disputes: Dispute[];
  draftFor: (dispute: Dispute) => Draft;
  answerFor: (dispute: Dispute) => Value | null;
  isDone: (dispute: Dispute) => boolean;
}

interface Props extends Decided {
  active: ItemCode | undefined;
  onPick: (item: ItemCode) => void;
  onSign: () => void;
}

/** What differs, and only that; every row looks the same whoever gave which value. */
export function DisputeRail({ adjudication, disputes, draftFor, answerFor, isDone, active, onPick, onSign }: Props) {
  const isHidden = isNeverShown(adjudication.mode);
  const decided = disputes.filter(isDone).length;
  const isComplete = decided === disputes.length;
  return (
    <nav className={classes.rail} aria-label="Items to decide">
      <ModeBanner mode={adjudication.mode} />
      <div className={classes.columns} aria-hidden="true">
        <span />
        <span />
        <span />
        <span className={classes.left}>{isHidden ? "" : "Left"}</span>
        <span className={classes.right}>{isHidden ? "" : "Right"}</span>
        <span>{isHidden ? "Answer" : "Decision"}</span>
      </div>
      <div className={classes.rows}>
        {byRegion(adjudication.instrument, disputes).map(({ region, disputes: group }) => (
          <section key={region.code} aria-label={region.label}>
            <h2 className={classes.region}>{region.label}</h2>
            {group.map((dispute) => (
              <Row key={dispute.item} dispute={dispute} site={region.items.find(({ code }) => code === dispute.item)?.site ?? dispute.label}
                value={dispute.is_revealed ? valueOf(draftFor(dispute), dispute) : answerFor(dispute)} side={draftFor(dispute).choice ?? "none"} isDone={isDone(dispute)} isActive={dispute.item === active} onPick={onPick} />
            ))}
          </section>
        ))}
      </div>
      <footer className={classes.footer}>
        <span className={classes.count} data-testid="decided-count">{decided} of {disputes.length} {isHidden ? "answered" : "decided"}</span>
        {!adjudication.signature && (
          <button type="button" className={classes.sign} data-ready={isComplete} onClick={onSign}>
            Review and sign <kbd>{keyLabel("Mod+Enter")}</kbd>
          </button>
        )}
      </footer>
    </nav>
  );
}

interface RowProps {
  dispute: Dispute;
  site: string;
  value: Value | null;
  side: string;
  isDone: boolean;
  isActive: boolean;
  onPick: (item: ItemCode) => void;
}

function Row({ dispute, site, value, side, isDone, isActive, onPick }: RowProps) {
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  const { item, label, left, right } = dispute;
  const gap = gapOf(dispute);
  const mark = value ? markOf(value) : "";
  const sides = left && right ? `left ${markOf(left)}, right ${markOf(right)}, ${gapWords(gap)}, ` : "";
  return (
    <button
      ref={row} type="button" className={classes.row} data-testid={`dispute-${item}`} data-decided={isDone} data-active={isActive}
      aria-current={isActive ? "true" : undefined} title={label} onClick={() => onPick(item)}
    >
      <VisuallyHidden>{`${label}: ${sides}${isDone ? `decided ${mark}` : "undecided"}`}</VisuallyHidden>
      <DecidedMark isDone={isDone} />
      <span aria-hidden="true" className={classes.site}>{site}</span>
      {left && right ? <GapDots gap={gap} /> : <span />}
      <span aria-hidden="true" className={classes.left}>{left && markOf(left)}</span>
      <span aria-hidden="true" className={classes.right}>{right && markOf(right)}</span>
      <span aria-hidden="true" className={classes.decision} data-side={side} data-saved={isDone}>{mark}</span>
    </button>
  );
}
