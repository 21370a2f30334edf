import type { Dispute, Mode } from "@/api/types";

/** What is asked of one item at this moment: an own answer, a decision between what is shown, or one for the whole case. */
export type Asked = "own" | "decision" | "whole";

const NEVER_SHOWN: Mode[] = ["median", "closest_two"];

/** Neither reading is ever shown: the own answer is all there is. */
export const isNeverShown = (mode: Mode): boolean => NEVER_SHOWN.includes(mode);

export function askedOf(mode: Mode, { is_revealed }: Pick<Dispute, "is_revealed">): Asked {
  if (mode === "pick_reading") return "whole";
  return is_revealed ? "decision" : "own";
}

interface Banner {
  title: string;
  about: string;
  /** Whether something is kept hidden. */
  isHidden: boolean;
}

export const BANNERS: Record<Mode, Banner> = {
  pick_item: { title: "Item by item", about: "Decide each item between the two readings.", isHidden: false },
  pick_reading: { title: "One reading, whole", about: "Pick one side: it counts for every item below.", isHidden: false },
  own_first: { title: "Your own answer first", about: "Both readings are hidden until you have answered an item.", isHidden: true },
  median: { title: "Your own answer", about: "It counts beside the two readings, which stay hidden.", isHidden: true },
  closest_two: { title: "Your own answer", about: "It counts beside the two readings, which stay hidden.", isHidden: true },
  joint: { title: "Decided together", about: "Two people decide at this screen, and both sign.", isHidden: false },
};
