import { type ReactNode, useState } from "react";
import type { InstrumentItem } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { Diagram } from "./Diagram";
import { answerOf, itemsOf, regionOf } from "./draft";
import { pinsOf } from "./pins";
import classes from "./Rail.module.css";
import { SiteEvidence } from "./SiteEvidence";
import { type GridProps, SiteGrid } from "./SiteGrid";
import { SiteNote } from "./SiteNote";
import type { PinMark } from "./useDraft";
import { type NameOf, titleOf } from "./words";

interface Props extends GridProps {
  hasDiagram: boolean;
  standing: PinMark | null;
  nameOf: NameOf;
  onGoToPin: (pin: PinMark) => void;
  onTakeOut: (key: string) => void;
  children: ReactNode;
}

/** Beside the images: the map of the sites, the list of the sites, and the foot. */
export function Rail({ hasDiagram, children, ...rest }: Props) {
  return (
    <aside className={classes.rail} aria-label="Scores">
      {hasDiagram && <Map {...rest} />}
      <SiteGrid {...rest} />
      <div className={classes.foot}>{children}</div>
    </aside>
  );
}

/** The diagram, and what is asked and was said at the site one looks at in it, or at the current one. */
function Map({ instrument, answers, current, comments, pins, unpinned, verdicts, isLocked, standing, nameOf, onGo, onGoToPin, onTakeOut }: Omit<Props, "hasDiagram" | "children">) {
  const [peeked, setPeeked] = useState<ItemCode | null>(null);
  const items = itemsOf(instrument);
  const shown = items.find((item) => item.code === (peeked ?? current));
  const region = shown && regionOf(instrument, shown.code);
  const title = (item: InstrumentItem) => [titleOf(instrument, item, answerOf(answers, item.code)), verdicts?.get(item.code)?.words].filter(Boolean).join(", ");
  return (
    <div className={classes.diagram} data-testid="diagram">
      <Diagram instrument={instrument} answers={answers} verdicts={verdicts} current={current} titleOf={title} onPick={onGo} onPeek={setPeeked} />
      {shown && region && (
        <div className={classes.about}>
          <SiteEvidence
            comment={comments[shown.code] ?? ""} pins={pinsOf(pins, shown.code)} standing={standing} wantsPin={unpinned.has(shown.code)}
            isLocked={isLocked} nameOf={nameOf} onGoTo={onGoToPin} onTakeOut={onTakeOut}
          />
          <SiteNote instrument={instrument} region={region} item={shown} answer={answerOf(answers, shown.code)} isFull={peeked !== null} />
        </div>
      )}
    </div>
  );
}
