import type { Views } from "@/api/types";
import { count } from "@/lib/format";
import classes from "./HistoryDrawer.module.css";
import { duration, seenOf } from "./words";

/** How long each slice was on screen, a bar a slice; those never shown are dashed. */
export function ViewedImages({ views }: { views: Views }) {
  return (
    <>
      <h4 className={classes.label}>Images viewed</h4>
      {views.n_sittings === 0 ? (
        <div className={classes.muted}>No time at the images was counted for this reading.</div>
      ) : (
        <>
          <div>{duration(views.active_ms)} at work in {count(views.n_sittings, "window")}</div>
          {views.devices.map((device) => <div key={device} className={`${classes.muted} ${classes.hash}`}>{device}</div>)}
          {views.series.map((series) => <Series key={series.number} series={series} />)}
        </>
      )}
    </>
  );
}

function Series({ series }: { series: Views["series"][number] }) {
  const longest = Math.max(...series.ms, 1);
  const told = `${series.label}: ${seenOf(series)}. ${series.ms.map((ms, place) => `Slice ${place + 1}: ${ms > 0 ? duration(ms) : "never"}`).join(", ")}`;
  return (
    <div style={{ marginTop: 8 }}>
      <div>{series.label} <span className={classes.muted}>{seenOf(series)}</span></div>
      <div className={classes.bars} data-none={series.n_never === series.ms.length || undefined} role="img" aria-label={told}>
        {series.ms.map((ms, place) => <i key={place} title={`Slice ${place + 1}: ${ms > 0 ? duration(ms) : "never shown"}`} data-never={ms === 0 || undefined} style={ms > 0 ? { height: `${Math.max(12, (100 * ms) / longest)}%` } : {}} />)}
      </div>
      {series.windows.length > 0 && (
        <div className={classes.muted}>
          Grey levels {series.windows.map(({ low, high, ms }) => `${Math.round(low)} to ${Math.round(high)} for ${duration(ms)}`).join("; ")}
        </div>
      )}
    </div>
  );
}
