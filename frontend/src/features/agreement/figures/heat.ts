/** How agreement is coloured on the diagram of the spine. Pure. */
import type { ItemAgreement } from "@/api/types";
import { fixed, percent } from "../statistic";

export type Measure = "percent" | "ac";

/** One hue, darker for more agreement; the numeral stands in the site as well. */
export const STEPS = [
  { from: -Infinity, colour: "#EAF0FA", ink: "#1F2933", words: { percent: "below 70", ac: "below 0.70" } },
  { from: 0.7, colour: "#C3D5F1", ink: "#1F2933", words: { percent: "70 to 79", ac: "0.70 to 0.79" } },
  { from: 0.8, colour: "#93B3E6", ink: "#1F2933", words: { percent: "80 to 89", ac: "0.80 to 0.89" } },
  { from: 0.9, colour: "#3A70C6", ink: "#FFFFFF", words: { percent: "90 to 94", ac: "0.90 to 0.94" } },
  { from: 0.95, colour: "#143F80", ink: "#FFFFFF", words: { percent: "95 to 100", ac: "0.95 to 1.00" } },
] as const;

export interface Heat {
  /** Null where nothing can be said: drawn as a hatch. */
  step: (typeof STEPS)[number] | null;
  numeral: string;
}

/** Agreement as it is written in a site: whole per cents, or an AC without its 0: ".87". */
export function heatOf({ statistics }: Pick<ItemAgreement, "statistics">, measure: Measure): Heat {
  const { estimate = null, status } = statistics[measure] ?? {};
  if (estimate === null || status !== "ok") return { step: null, numeral: "" };
  // As it is written, so that a site and its numeral never say two things.
  const numeral = measure === "percent" ? percent(estimate) : fixed(estimate, 2).replace(/^(−?)0\./, "$1.");
  const shown = measure === "percent" ? Number(numeral) / 100 : Number(estimate.toFixed(2));
  return { step: STEPS.findLast(({ from }) => shown >= from) ?? null, numeral };
}

export interface Layer {
  label: string;
  items: ItemAgreement[];
}

/** "BME" of "BME: atlantoaxial": what several regions ask about; empty where a region is no part of such a question. */
const questionOf = (label: string): string => (label.includes(":") ? (label.split(":")[0] as string) : "");

/** One drawing a question, and never two items at one place: the regions of the form, in their order. */
export function layersOf(items: ItemAgreement[], labelOf: (region: string) => string): Layer[] {
  const layers: (Layer & { question: string })[] = [];
  for (const region of new Set(items.map((item) => item.region))) {
    const [inside, label] = [items.filter((item) => item.region === region), labelOf(region)];
    const [question, last] = [questionOf(label), layers.at(-1)];
    const isTaken = last?.items.some(({ place }) => inside.some((item) => item.place === place));
    if (!last || isTaken || last.question !== question) layers.push({ question, label: question || label, items: inside });
    else last.items.push(...inside);
  }
  return layers;
}
