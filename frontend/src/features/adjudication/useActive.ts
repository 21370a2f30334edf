import { useState } from "react";
import type { Dispute } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { neighbour, nextOpen } from "./decisions";

/** Which dispute is looked at: at first the first one that is open. */
export function useActive(disputes: Dispute[], isDone: (dispute: Dispute) => boolean) {
  const order = disputes.map(({ item }) => item);
  const open = new Set(disputes.filter((dispute) => !isDone(dispute)).map(({ item }) => item));
  const isOpen = (item: ItemCode) => open.has(item);
  const [active, setActive] = useState(() => order.find(isOpen) ?? order[0]);
  return {
    active,
    setActive,
    dispute: disputes.find(({ item }) => item === active),
    hasOther: order.some((item) => item !== active && isOpen(item)),
    move: (by: number) => active && setActive(neighbour(order, active, by)),
    goToNextOpen: () => active && setActive(nextOpen(order, active, isOpen) ?? active),
  };
}
