/** What is said of an adjudicator's decisions. Nobody is wrong: a preference says where to look. */
import type { AgreementReport, Partiality, Preference } from "@/api/types";
import { count } from "@/lib/format";

export const HARDLY_CHANCE = "hardly by chance";

/** "Left rather than right", "Higher rather than lower grade", "R1 rather than R2". */
export function preferenceOf({ about, toward, away }: Pick<Preference, "about" | "toward" | "away">): string {
  const words = `${toward.charAt(0).toUpperCase()}${toward.slice(1)} rather than ${away}`;
  return about === "severity" ? `${words} grade` : words;
}

/** "ADJ1, Clara Conti"; of all together, or of two who decide together, the name alone. */
export function whoIs({ adjudicator }: Pick<Partiality, "adjudicator">, people: AgreementReport["adjudicators"]): string {
  const person = people.find(({ name }) => name === adjudicator);
  return person ? `${adjudicator}, ${person.full_name}` : adjudicator;
}

/** How much there is to tell from, and what is in no share. */
export function besidesOf({ n_decisions, n_other, overruled }: Pick<Partiality, "n_decisions" | "n_other" | "overruled">): string {
  const own = n_other > 0 ? `, ${n_other} with an answer that neither reading gave` : "";
  const agreed = overruled ? ` Agreed items overruled: ${overruled.counts.yes} of ${overruled.n}.` : "";
  return `${count(n_decisions, "decision")}${own}.${agreed}`;
}
