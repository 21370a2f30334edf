import type { DecisionHistory } from "@/api/types";
import { Code } from "@/ui/Code";
import classes from "./HistoryDrawer.module.css";
import { Signatures } from "./Signatures";
import { Steps } from "./Steps";
import { momentOf } from "./words";

/** What was decided where readings differ: which answer was taken and why; that one was right is never said. */
export function DecisionCard({ one }: { one: DecisionHistory }) {
  return (
    <article className={classes.card} data-aside={!one.counts || undefined} aria-label={`Decision of ${one.who || "nobody yet"}`}>
      <div><strong>{one.who || "Nobody yet"}</strong>: {one.sentence}</div>
      <div className={classes.muted}>
        {one.mode} <Code size="xs">{one.code}</Code> · {one.state}
        {!one.counts && (one.superseded_at ? ` · superseded ${momentOf(one.superseded_at)}` : " · never counts")}
      </div>
      {one.own && <p style={{ margin: "6px 0 0" }}>Own answer before anything was shown: <span className={classes.change}>{one.own}</span></p>}
      <h4 className={classes.label}>Put before the adjudicator, without names</h4>
      <ul className={classes.list}>
        {one.sides.map((side) => (
          <li key={side.place}>
            {side.place === "left" ? "Left" : "Right"}: <span className={classes.change}>{side.value || "–"}</span>{" "}
            <span className={classes.muted}>{side.reader}, reading <Code size="xs">{side.reading}</Code>{side.is_taken && " · taken"}</span>
          </li>
        ))}
      </ul>
      <Steps steps={one.steps} label="How it was decided" of={one.code} />
      <Signatures given={one.signatures} />
    </article>
  );
}
