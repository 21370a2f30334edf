import { useState } from "react";
import type { ItemCode } from "@/lib/brand";

/** Which site is being commented on; the field is gone as soon as another site is the current one. */
export function useCommenting(comments: Readonly<Record<string, string>>, current: ItemCode, comment: (item: ItemCode, text: string) => void) {
  const [asked, ask] = useState<ItemCode | null>(null);
  const end = (item: ItemCode, text: string | null) => {
    ask((before) => (before === item ? null : before));
    if (text !== null && text !== (comments[item] ?? "")) comment(item, text);
  };
  return { commenting: asked === current ? asked : null, begin: (item: ItemCode) => ask(item), end };
}
