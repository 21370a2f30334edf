import { VisuallyHidden } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Adjudication, Dispute } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { keyLabel } from "@/lib/keys";
import { type Draft, gapOf, valueOf } from "./decisions";
import { DecidedMark, GapDots } from "./marks";
import classes from "./Rail.module.css";
import { byRegion, gapWords, markOf } from "./words";

export interface Decided {
  adjudication: Adjudication;
  disputes: Dispute[];
  draftFor: (dispute: Dispute) => Draft;
  isDone: (dispute: Dispute) => boolean;
}

interface Props extends Decided {
  active: ItemCode | undefined;
  onPick: (item: ItemCode) => void;
  onSign: () => void;
}

/** What differs, and only that; every row looks the same whoever gave which value. */
export function DisputeRail({ adjudication, disputes, draftFor, isDone, active, onPick, onSign }: Props) {
  const decided = disputes.filter(isDone).length;
  const isComplete = decided === disputes.length;
  return (
    <nav className={classes.rail} aria-label="Differing items">
      <div className={classes.columns} aria-hidden="true">
        <span />
        <span />
        <span />
        <span className={classes.left}>Left</span>
        <span className={classes.right}>Right</span>
        <span>Decision</span>
      </div>
      <div className={classes.rows}>
        {byRegion(adjudication.instrument, disputes).map(({ region, disputes: group }) => (
          <section key={region.code} aria-label={region.label}>
            <h2 className={classes.region}>{region.label}</h2>
            {group.map((dispute) => (
              <Row key={dispute.item} dispute={dispute} site={region.items.find(({ code }) => code === dispute.item)?.site ?? dispute.label}
                draft={draftFor(dispute)} isDone={isDone(dispute)} isActive={dispute.item === active} onPick={onPick} />
            ))}
          </section>
        ))}
      </div>
      <footer className={classes.footer}>
        <span className={classes.count} data-testid="decided-count">{decided} of {disputes.length} decided</span>
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
  draft: Draft;
  isDone: boolean;
  isActive: boolean;
  onPick: (item: ItemCode) => void;
}

function Row({ dispute, site, draft, isDone, isActive, onPick }: RowProps) {
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: "nearest" });
  }, [isActive]);
  const { item, label, left, right } = dispute;
  const gap = gapOf(dispute);
  const value = valueOf(draft, dispute);
  const mark = value ? markOf(value) : "";
  const words = `${label}: left ${markOf(left)}, right ${markOf(right)}, ${gapWords(gap)}, ${isDone ? `decided ${mark}` : "undecided"}`;
  return (
    <button
      ref={row} type="button" className={classes.row} data-testid={`dispute-${item}`} data-decided={isDone} data-active={isActive}
      aria-current={isActive ? "true" : undefined} title={label} onClick={() => onPick(item)}
    >
      <VisuallyHidden>{words}</VisuallyHidden>
      <DecidedMark isDone={isDone} />
      <span aria-hidden="true" className={classes.site}>{site}</span>
      <GapDots gap={gap} />
      <span aria-hidden="true" className={classes.left}>{markOf(left)}</span>
      <span aria-hidden="true" className={classes.right}>{markOf(right)}</span>
      <span aria-hidden="true" className={classes.decision} data-side={draft.choice ?? "none"} data-saved={isDone}>{mark}</span>
    </button>
  );
}
