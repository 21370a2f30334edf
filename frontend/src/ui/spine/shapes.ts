/**
 * The cervical spine from the left side as a diagram, anterior at the left as in the images. Not anatomy to measure:
 * a map of the sites. Vertebrae stand on the lordotic curve; shapes are drawn in the vertebra's own frame, x to the back.
 */
export interface Shape {
  /** As the instrument names it: kind of part and site, such as "VB:C4". */
  place: string;
  path: string;
  transform: string;
  /** Where the grade's numeral stands, in the shape's own frame; small shapes have none. */
  numeral?: [number, number];
  /** Of a whole: its parts, and what is drawn for it where they are asked about, too. */
  parts?: string[];
  between?: string;
}

interface Vertebra {
  name: string;
  x: number;
  y: number;
  /** Degrees, clockwise. */
  tilt: number;
  spine: { length: number; drop: number; thickness: number };
}

export const VERTEBRAE: Vertebra[] = [
  { name: "C2", x: 79, y: 57, tilt: 9, spine: { length: 92, drop: 5, thickness: 8.5 } },
  { name: "C3", x: 74.5, y: 84, tilt: 8, spine: { length: 78, drop: 12, thickness: 4.5 } },
  { name: "C4", x: 72, y: 110, tilt: 3, spine: { length: 80, drop: 13, thickness: 4.5 } },
  { name: "C5", x: 72, y: 136, tilt: -3, spine: { length: 84, drop: 14, thickness: 5 } },
  { name: "C6", x: 74.5, y: 162, tilt: -8, spine: { length: 95, drop: 14, thickness: 5.5 } },
  { name: "C7", x: 79.5, y: 188.5, tilt: -13, spine: { length: 111, drop: 15, thickness: 6.5 } },
  { name: "T1", x: 87, y: 215, tilt: -17, spine: { length: 108, drop: 17, thickness: 6.5 } },
];

export const placed = ({ x, y, tilt }: Pick<Vertebra, "x" | "y" | "tilt">): string => `translate(${x} ${y}) rotate(${tilt})`;

/** A body: concave in front and behind, a small lip in front below. */
export const BODY = "M-15.5-8.6Q0-7.2 16.2-8.4Q17.4-8.2 17.3-7Q15.6 0 17.3 7.4Q17.3 8.8 16 8.8Q0 7.6-16 9.8Q-18.3 10-18 8.2Q-15.7 0-17-7.2Q-17-8.6-15.5-8.6Z";
const BODY_OF_C2 = "M-7-11Q0.4-8.6 7.6-11Q13-11 14-7Q14.6 0 17.2 7.4Q17.3 8.8 16 8.8Q0 7.6-17 10.4Q-19 10.4-18.4 8.4Q-14.4 0-12.6-7Q-11.4-11-7-11Z";
const DENS = "M-6.4-13.4Q-5.4-19-6.6-27Q-7-38.8 0.6-38.8Q8.2-38.8 7.8-27Q6.6-19 7.2-13.4Q0.4-11.2-6.4-13.4Z";
const ARCHES_OF_C1 = "M-14.6-35Q-9.6-34.6-9.6-28Q-9.6-21.6-13.4-21Q-19.6-22.6-20-28.4Q-19.6-34.4-14.6-35Z M48-33Q55-37.4 63-35.6Q69.6-33 67.4-27.4Q62-22.6 53.4-24.6Q45.6-27.6 48-33Z";
/** The joint slopes down to the back between two articular pillars. */
const JOINT = "M-9.2-7.6Q-6.4-10-3.6-7.8L9.6 4.2Q11.4 7 9 9Q6.4 10.4 3.8 8.2L-9 -3Q-11-5.4-9.2-7.6Z";
/** The atlantodental joint before the dens, and the joint between the masses of C1 and C2 above the facet joints. */
const JOINTS_OF_C1 = "M-9.2-35.5Q-6-28.5-9.2-21.5Q-11-21.5-10.8-23Q-8.6-28.5-10.8-34Q-11-35.5-9.2-35.5Z M22-20.5Q24-23 27.4-21.4L40-14Q42.6-12 41-9.6Q39.4-7.8 36.4-9.2L23.4-16.4Q20.6-18 22-20.5Z";
const DISC = "M-15.5-2.6Q0-3.4 15.6-2.4Q17.2 0 15.6 2.4Q0 3.2-15.5 2.8Q-17.4 0-15.5-2.6Z";

function spinousPath({ length, drop, thickness }: Vertebra["spine"]): string {
  const half = thickness;
  const tip = half * 1.15;
  return `M49 ${-half} C58 ${-half - 1} ${length - 14} ${drop - tip - 2} ${length - 3} ${drop - tip} Q${length + 3} ${drop - tip / 2} ${length + 1.5} ${drop + tip * 0.5} Q${length - 1} ${drop + tip} ${length - 8} ${drop + tip * 0.85} C${length - 18} ${drop + half} 60 ${half + 4} 48 ${half + 1} Q45.5 0 49 ${-half}Z`;
}

/** The pillar between two joints, drawn faintly behind them. */
export const PILLAR = "M30.5-9.5L44.5-2.5Q46.5 6 44 14L29.5 6.5Q28.5-1.5 30.5-9.5Z";

function between(upper: Vertebra, lower: Vertebra, across: number, turn = 0): string {
  const tilt = (upper.tilt + lower.tilt) / 2;
  const place = placed({ x: (upper.x + lower.x) / 2, y: (upper.y + lower.y) / 2, tilt });
  return `${place} translate(${across} ${across > 0 ? 1 : 0.6}) rotate(${turn})`;
}

function levels(): Shape[] {
  return VERTEBRAE.slice(0, -1).flatMap((upper, index) => {
    const lower = VERTEBRAE[index + 1] as Vertebra;
    const level = `${upper.name}${lower.name}`;
    return [
      { place: `DG:${level}`, path: DISC, transform: between(upper, lower, 0) },
      { place: `FJ:${level}`, path: JOINT, transform: between(upper, lower, 38.5) },
    ];
  });
}

function vertebrae(): Shape[] {
  return VERTEBRAE.filter(({ name }) => name !== "T1").flatMap((one): Shape[] => [
    { place: `VB:${one.name}`, path: one.name === "C2" ? BODY_OF_C2 : BODY, transform: placed(one), numeral: [0, 4] },
    { place: `SP:${one.name}`, path: spinousPath(one.spine), transform: placed(one), numeral: [one.spine.length - 15, one.spine.drop * 0.8 + 3.5] },
  ]);
}

const C2 = VERTEBRAE[0] as Vertebra;

const atlantoaxial = (place: string, path: string, numeral: [number, number]): Shape => ({ place, path, transform: placed(C2), numeral });

/** By place; one that is not here simply is not in the diagram, and one that no item asks for is drawn as a shadow. */
export const SHAPES: Shape[] = [
  atlantoaxial("AA:DENS", DENS, [0.4, -21]),
  atlantoaxial("AA:C1", ARCHES_OF_C1, [57, -26]),
  { ...atlantoaxial("AA:C1C2", `${DENS} ${ARCHES_OF_C1}`, [0.4, -21]), parts: ["AA:DENS", "AA:C1"], between: JOINTS_OF_C1 },
  ...levels(),
  ...vertebrae(),
];
