/** The sums of a reading as the instrument declares them; not assessable never counts as 0. */
import type { Instrument, InstrumentSum } from "@/api/types";
import { type Answers, answerOf } from "./draft";

export interface Total {
  observed: number;
  nScored: number;
  nBlank: number;
  nNotAssessable: number;
  nSites: number;
  isComputable: boolean;
}

/** A sum by the regions it adds; the instrument's first one is its total. */
export function totalOf(instrument: Instrument, { of }: InstrumentSum, answers: Answers): Total {
  const sites = instrument.regions.filter((region) => of.includes(region.code)).flatMap((region) => region.items);
  const given = sites.map((item) => answerOf(answers, item.code));
  const grades = given.flatMap(({ grade }) => (grade === null ? [] : [grade]));
  const nNotAssessable = given.filter(({ not_assessable }) => not_assessable !== "").length;
  return {
    observed: grades.reduce((sum, grade) => sum + grade, 0),
    nScored: grades.length,
    nBlank: sites.length - grades.length - nNotAssessable,
    nNotAssessable,
    nSites: sites.length,
    isComputable: nNotAssessable < sites.length && nNotAssessable <= instrument.max_not_assessable_sites,
  };
}

export function totalText({ max }: InstrumentSum, total: Total): string {
  const scored = `${total.nScored} of ${total.nSites} sites scored`;
  if (!total.isComputable) return `not computable: ${scored}, observed sum ${total.observed}`;
  const sum = `${total.observed} of ${max}`;
  if (total.nBlank > 0) return `${sum} so far, ${scored}`;
  return total.nNotAssessable > 0 ? `${sum}, ${scored}` : sum;
}
