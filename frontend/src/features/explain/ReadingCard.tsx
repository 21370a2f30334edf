import type { History, ReadingHistory } from "@/api/types";
import { Code } from "@/ui/Code";
import classes from "./HistoryDrawer.module.css";
import { Signatures } from "./Signatures";
import { Steps } from "./Steps";
import { ViewedImages } from "./ViewedImages";
import { momentOf } from "./words";

/** One reading's part in a value: the answer, its changes, its signature, its pins, and what was looked at. */
export function ReadingCard({ one, kind }: { one: ReadingHistory; kind: History["kind"] }) {
  return (
    <article className={classes.card} data-aside={!one.counts || undefined} aria-label={`Reading of ${one.reader}`}>
      <div>
        <strong>{one.reader}</strong>
        {one.value && <>: <span className={classes.change}>{one.value}</span></>}
        {!one.counts && <span className={classes.muted}> · does not count for the case</span>}
      </div>
      <div className={classes.muted}>
        {one.kind} <Code size="xs">{one.code}</Code>{one.original && <> of <Code size="xs">{one.original}</Code></>} · {one.state} · charter version {one.charter_version}
      </div>
      {one.comment && <p style={{ margin: "6px 0 0" }}><q>{one.comment}</q></p>}
      <Steps steps={one.steps} label={`What ${one.reader} did`} of={one.code} />
      <Versions one={one} />
      <Signatures given={one.signatures} />
      <Pins one={one} isOfItem={kind === "item"} />
      {one.views && <ViewedImages views={one.views} />}
    </article>
  );
}

function Versions({ one: { earlier } }: { one: ReadingHistory }) {
  if (earlier.length === 0) return null;
  return (
    <>
      <h4 className={classes.label}>Signed before</h4>
      <ul className={classes.list}>
        {earlier.map(({ number, value, superseded_at }) => (
          <li key={number}>Version {number}: <span className={classes.change}>{value}</span> <span className={classes.muted}>opened again {momentOf(superseded_at)}</span></li>
        ))}
      </ul>
    </>
  );
}

function Pins({ one: { pins }, isOfItem }: { one: ReadingHistory; isOfItem: boolean }) {
  if (!isOfItem || pins.length === 0) return null;
  return (
    <>
      <h4 className={classes.label}>{pins.length > 1 ? "Pins" : "Pin"}</h4>
      <ul className={classes.list}>
        {pins.map((pin) => (
          <li key={`${pin.series} ${pin.slice} ${pin.x_mm} ${pin.y_mm} ${pin.z_mm}`}>
            {pin.series}, slice {pin.slice} <span className={classes.muted}>at {[pin.x_mm, pin.y_mm, pin.z_mm].map((mm) => mm.toFixed(1)).join(", ")} mm (patient LPS)</span>
          </li>
        ))}
      </ul>
    </>
  );
}
