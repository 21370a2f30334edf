export type Part = "amendment" | "design" | "assignment" | "repeats" | "triggers" | "resolution" | "afterwards" | "practice" | "disclosure";

/** The server says what cannot be kept in sentences; each belongs to the part of the form where it can be mended. */
const SIGNS: [Part, RegExp][] = [
  ["amendment", /amend/i],
  ["design", /^Cases are allotted already/],
  ["triggers", /trigger|^Grades of this instrument|difference of totals/i],
  ["resolution", /agreed cases|whole readings/i],
  ["repeats", /repeat/i],
  ["practice", /practice|calibration|kappa/i],
  ["assignment", /readers\.$|participant/i],
];

/** The part of the form a problem is mended in; the design, where most follows from, for one that names none. */
export function partOf(problem: string): Part {
  return SIGNS.find(([, sign]) => sign.test(problem))?.[0] ?? "design";
}

export function problemsIn(part: Part, problems: string[]): string[] {
  return problems.filter((problem) => partOf(problem) === part);
}

export function anchorOf(part: Part): string {
  return `charter-${part}`;
}
