import { type ReactNode, useState } from "react";
import type { InstrumentItem } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { Diagram } from "./Diagram";
import { answerOf, itemsOf, regionOf } from "./draft";
import classes from "./Rail.module.css";
import { type GridProps, SiteGrid } from "./SiteGrid";
import { SiteNote } from "./SiteNote";
import { titleOf } from "./words";

interface Props extends GridProps {
  hasDiagram: boolean;
  children: ReactNode;
}

/** Beside the images: the map of the sites, the list of the sites, and the foot. */
export function Rail({ hasDiagram, children, ...grid }: Props) {
  return (
    <aside className={classes.rail} aria-label="Scores">
      {hasDiagram && <Map {...grid} />}
      <SiteGrid {...grid} />
      {children}
    </aside>
  );
}

/** The diagram, and what is asked at the site under the pointer, or at the current one. */
function Map({ instrument, answers, current, onGo }: GridProps) {
  const [hovered, setHovered] = useState<ItemCode | null>(null);
  const items = itemsOf(instrument);
  const shown = items.find((item) => item.code === (hovered ?? current));
  const region = shown && regionOf(instrument, shown.code);
  const title = (item: InstrumentItem) => titleOf(instrument, item, answerOf(answers, item.code));
  return (
    <div className={classes.diagram} data-testid="diagram">
      <Diagram items={items} answers={answers} current={current} titleOf={title} onPick={onGo} onHover={setHovered} />
      {shown && region && <SiteNote instrument={instrument} region={region} item={shown} answer={answerOf(answers, shown.code)} />}
    </div>
  );
}
