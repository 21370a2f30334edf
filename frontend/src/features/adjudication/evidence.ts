import type { Dispute } from "@/api/types";
import type { Place, ShownPin } from "@/viewer";

export type Pair = [left: Place | undefined, right: Place | undefined];
type Pinned = Pick<Dispute, "left_pins" | "right_pins">;

/** The server tells a point as numbers; here it is three of them. */
function placesOf(pins: Dispute["left_pins"]): Place[] {
  return pins as unknown as Place[];
}

/** Every pin of both sides as it is drawn: by its side alone. */
export function pinsOf({ left_pins, right_pins }: Pinned): ShownPin[] {
  const drawn = (side: "left" | "right", pins: Dispute["left_pins"]) =>
    placesOf(pins).map((place, index): ShownPin => ({ key: `${side}-${index}`, label: side, place, isCurrent: false, side }));
  return [...drawn("left", left_pins), ...drawn("right", right_pins)];
}

/** The places for the two panes at a turn: each side's pins in their order, round the end. Flipped, the sides change panes. */
export function pairAt({ left_pins, right_pins }: Pinned, turn: number, isFlipped: boolean): Pair | null {
  const [left, right] = [placesOf(left_pins), placesOf(right_pins)].map((places) => places[turn % (places.length || 1)]);
  if (!left && !right) return null;
  return isFlipped ? [right, left] : [left, right];
}
