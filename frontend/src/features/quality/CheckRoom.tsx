import { useCallback, useEffect, useRef, useState } from "react";
import { useStudy } from "@/api/studies";
import type { CaseCheck } from "@/api/types";
import { useKeys } from "@/lib/keys";
import { KeySheet } from "@/ui/KeySheet";
import { AS_OPENED, Enlarged, type Series, SeriesStrip, type Shades, useSheet } from "@/viewer/sheet";
import { sheetActions } from "./actions";
import classes from "./CheckRoom.module.css";
import { type Place, stepped } from "./place";
import { imagesUrl } from "./queries";
import { Rail } from "./Rail";
import { SeriesHead } from "./SeriesHead";
import { SheetNotice } from "./SheetNotice";
import { TopBar } from "./TopBar";

const MOUSE: [string, string][] = [["Click", "Enlarge the slice"], ["Wheel", "Slice, where one is enlarged"], ["Left drag", "Window, where one is enlarged"]];

/** All images of one case, what the machine found, and what a person decides. */
export function CheckRoom({ check }: { check: CaseCheck }) {
  const sheet = useSheet(imagesUrl(check.code), orderOf(check));
  const [shades, setShades] = useState<Shades>(AS_OPENED);
  const [chosen, setPlace] = useState<Place | null>(null);
  const [hasHelp, setHelp] = useState(false);
  const place = chosen && sheet.series.includes(chosen.series) ? chosen : null;
  const all = useRef<HTMLDivElement>(null);
  useReturn(all.current, place);
  const open = useCallback((series: Series, index: number) => setPlace({ series, index }), []);
  const actions = () => sheetActions({ series: sheet.series, place, shades, setPlace, setShades, help: () => setHelp(true) });
  useKeys(actions);
  return (
    <div className={classes.room}>
      <TopBar check={check} isSynthetic={useStudy().data?.is_synthetic ?? false} shades={shades} onShades={setShades} onHelp={() => setHelp(true)} />
      <main className={classes.desk}>
        <div className={classes.images} data-testid="sheet" data-complete={sheet.isComplete}>
          <SheetNotice sheet={sheet} />
          <div className={classes.all} ref={all} inert={place !== null}>
            {sheet.series.map((series) => (
              <SeriesStrip key={series.description.number} series={series} shades={shades} onOpen={open}>
                <SeriesHead check={check} number={series.description.number} />
              </SeriesStrip>
            ))}
          </div>
          {place && (
            <Enlarged
              series={place.series} index={place.index} shades={shades} onStep={(by) => setPlace(stepped(sheet.series, place, by))}
              onDrag={(dx, dy) => setShades((before) => ({ ...before, dx: before.dx + dx, dy: before.dy + dy }))} onClose={() => setPlace(null)}
            />
          )}
        </div>
        <Rail check={check} />
      </main>
      {hasHelp && <KeySheet actions={actions()} mouse={MOUSE} onClose={() => setHelp(false)} />}
    </div>
  );
}

/** Another role may give the series other numbers among the images: those are loaded again then. */
function orderOf({ series }: CaseCheck): string {
  return [...series].sort((a, b) => a.images_number - b.images_number).map((one) => one.number).join();
}

/** Back on the sheet, the slice that was enlarged has the focus. */
function useReturn(sheet: HTMLElement | null, place: Place | null): void {
  const last = useRef<Place | null>(null);
  useEffect(() => {
    const before = last.current;
    last.current = place;
    if (place || !before) return;
    const { series, index } = before;
    sheet?.querySelector<HTMLElement>(`[data-testid="slice-${series.description.number}-${index + 1}"]`)?.focus();
  }, [sheet, place]);
}
