import { type RefObject, useMemo, useState } from "react";
import type { Instrument } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import type { Place, ShownPin, ViewerHandle } from "@/viewer";
import { type Draft, itemsOf } from "./draft";
import { pinAfter, pinsOf } from "./pins";
import type { PinMark } from "./useDraft";

interface Options {
  instrument: Instrument;
  pins: PinMark[];
  current: ItemCode;
  isLocked: boolean;
  /** What the keys act on: a quick hand is ahead of the screen. */
  intended: () => Draft;
  viewer: RefObject<ViewerHandle | null>;
  pin: (item: ItemCode, place: Place) => void;
  unpin: (key: string) => void;
  hint: (sentence: string) => void;
}

/** Pins and the current site: dropped at the pointer, visited one after the other, taken out where one stands. */
export function useEvidence({ instrument, pins, current, isLocked, intended, viewer, pin, unpin, hint }: Options) {
  const [stoodAt, standAt] = useState<string | null>(null);
  const standingAt = (item: ItemCode) => pinsOf(pins, item).find(({ key }) => key === stoodAt) ?? null;
  const goTo = (mark: PinMark) => {
    standAt(mark.key);
    viewer.current?.goTo(mark.place);
  };
  const dropAt = (place: Place | null) => {
    if (isLocked) return;
    if (place) pin(intended().current, place);
    else hint("The images are not there yet: nothing was pinned");
  };
  const next = (item: ItemCode) => {
    const mark = pinAfter(pins, item, stoodAt);
    if (mark) goTo(mark);
  };
  const drop = () => dropAt(viewer.current?.here() ?? null);
  const takeOutAt = (item: ItemCode) => {
    const mark = standingAt(item);
    if (mark) unpin(mark.key);
  };
  return {
    shown: useMemo(() => shownPins(instrument, pins, current), [instrument, pins, current]),
    standing: standingAt(current),
    goTo, dropAt, drop, next,
    /** The same at the site of the keys. */
    at: (item: ItemCode) => ({
      nPins: pinsOf(pins, item).length, isAtPin: standingAt(item) !== null, drop, next: () => next(item), takeOut: () => takeOutAt(item),
    }),
  };
}

/** In the images a pin carries the name of its site; that of the current one stands out. */
function shownPins(instrument: Instrument, pins: PinMark[], current: ItemCode): ShownPin[] {
  const siteOf = new Map(itemsOf(instrument).map(({ code, site }) => [code, site]));
  return pins.map(({ key, item, place }) => ({ key, label: siteOf.get(item) ?? "", place, isCurrent: item === current }));
}
