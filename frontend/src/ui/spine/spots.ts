/** Which shapes stand for what an instrument asks, and which remain as shadows. Pure. */
import { type Shape, SHAPES } from "./shapes";

/** Anything that has a place in the diagram: an item of a form, a row of a report. */
export interface Placed {
  place: string;
}

export interface Spot<Item extends Placed> {
  shape: Shape;
  /** In the order given; never empty. */
  items: Item[];
}

/** The shapes that are asked about. Several questions may share one. */
export function spotsOf<Item extends Placed>(items: Item[]): Spot<Item>[] {
  const asked = new Set(items.map(({ place }) => place));
  return SHAPES.filter(({ place }) => asked.has(place)).map((shape) => ({
    shape: besides(shape, asked), items: items.filter(({ place }) => place === shape.place),
  }));
}

/** A whole would cover its parts: where they are asked about, what is between them stands for it. */
function besides(shape: Shape, asked: ReadonlySet<string>): Shape {
  const { between, parts = [] } = shape;
  return between && parts.some((part) => asked.has(part)) ? { ...shape, path: between, numeral: undefined } : shape;
}

/** The shapes nobody asks about, so that the map remains a neck. */
export function shadowsOf(items: Placed[]): Shape[] {
  const asked = new Set(items.map(({ place }) => place));
  const isCovered = ({ place }: Shape) => SHAPES.some((whole) => asked.has(whole.place) && whole.parts?.includes(place));
  return SHAPES.filter((shape) => !asked.has(shape.place) && !shape.parts && !isCovered(shape));
}
