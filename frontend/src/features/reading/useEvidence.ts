import { type RefObject, useMemo, useState } from "react";
import type { Instrument } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import type { Place, ShownPin, ViewerHandle } from "@/viewer";
import { itemsOf } from "./draft";
import { pinAfter, pinsOf } from "./pins";
import type { PinMark } from "./useDraft";

interface Options {
  instrument: Instrument;
  pins: PinMark[];
  current: ItemCode;
  isSigned: boolean;
  viewer: RefObject<ViewerHandle | null>;
  pin: (item: ItemCode, place: Place) => void;
  unpin: (key: string) => void;
  hint: (sentence: string) => void;
}

/** Pins and the current site: dropped at the pointer, visited one after the other, taken out where one stands. */
export function useEvidence({ instrument, pins, current, isSigned, viewer, pin, unpin, hint }: Options) {
  const [stoodAt, standAt] = useState<string | null>(null);
  const own = pinsOf(pins, current);
  const standing = own.find(({ key }) => key === stoodAt) ?? null;
  const goTo = (mark: PinMark) => {
    standAt(mark.key);
    viewer.current?.goTo(mark.place);
  };
  const dropAt = (place: Place | null) => {
    if (isSigned) return;
    if (place) pin(current, place);
    else hint("The images are not there yet: nothing was pinned");
  };
  const shown = useMemo(() => shownPins(instrument, pins, current), [instrument, pins, current]);
  return {
    shown,
    standing,
    goTo,
    dropAt,
    drop: () => dropAt(viewer.current?.here() ?? null),
    /** The next pin of the site, or of another one. */
    next: (item = current) => {
      const mark = pinAfter(pins, item, stoodAt);
      if (mark) goTo(mark);
    },
    takeOut: (key = standing?.key) => key && unpin(key),
  };
}

/** In the images a pin carries the name of its site; that of the current one stands out. */
function shownPins(instrument: Instrument, pins: PinMark[], current: ItemCode): ShownPin[] {
  const siteOf = new Map(itemsOf(instrument).map(({ code, site }) => [code, site]));
  return pins.map(({ key, item, place }) => ({ key, label: siteOf.get(item) ?? "", place, isCurrent: item === current }));
}
