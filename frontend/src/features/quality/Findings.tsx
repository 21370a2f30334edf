import { VisuallyHidden } from "@mantine/core";
import type { CaseCheck, Finding } from "@/api/types";
import classes from "./Rail.module.css";
import { inOrder } from "./verdict";

const WORDS: Record<Finding["state"], string> = { pass: "As it should be", question: "In question", missing: "Missing" };
const SIGNS: Record<Finding["state"], string> = { pass: "✓", question: "?", missing: "!" };

/** The protocol as a list: what is missing, what is in question, what is as it should be. */
export function Findings({ check }: { check: CaseCheck }) {
  const roles = new Map(check.series.map((one) => [one.number, one.role]));
  const seriesOf = ({ series }: Finding) => (series === null ? "" : `Series ${series}, ${roles.get(series) ?? "OTHER"}: `);
  return (
    <section className={classes.part} aria-label="Findings">
      <h2>Findings</h2>
      <ul className={classes.findings}>
        {inOrder(check.findings).map((finding) => (
          <li key={`${finding.name} ${finding.series}`} data-state={finding.state} data-testid="finding">
            <span className={classes.sign} aria-hidden="true">{SIGNS[finding.state]}</span>
            <VisuallyHidden>{`${WORDS[finding.state]}: `}</VisuallyHidden>
            <span>{seriesOf(finding)}{finding.sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
