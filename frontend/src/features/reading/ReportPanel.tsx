import type { Reading } from "@/api/types";
import { Choices } from "./Choices";
import { CommentField } from "./CommentField";
import { kindLabel, PROBLEM_KINDS, type Report } from "./problems";
import classes from "./ReportPanel.module.css";
import type { Reports } from "./useReports";
import { type NameOf, placeWords } from "./words";

const TEXT_LENGTH = 500;

/** Over the foot of the rail: which problem it is, and then some seconds to add a word or to take it back. */
export function ReportPanel({ reports, problems, nameOf }: { reports: Reports; problems: Reading["problems"]; nameOf: NameOf }) {
  const { reporting, choose, trouble } = reports;
  if (reporting.stage === "idle") return trouble ? <p className={classes.trouble} role="alert">{trouble}</p> : null;
  return (
    <div className={classes.panel}>
      {reporting.stage === "choosing" && (
        <Choices label="Report a problem with the images" title="Report a problem with the images" choices={PROBLEM_KINDS} testId="problem-kinds" onChoose={choose}>
          <Reported problems={problems} />
        </Choices>
      )}
      {reporting.stage === "held" && <Held report={reporting.report} reports={reports} nameOf={nameOf} />}
      {reporting.stage === "writing" && <Writing report={reporting.report} reports={reports} />}
    </div>
  );
}

function Reported({ problems }: { problems: Reading["problems"] }) {
  if (problems.length === 0) return null;
  return <p data-testid="reported">Reported so far: {problems.map(({ kind }) => kindLabel(kind)).join("; ")}</p>;
}

function Held({ report, reports, nameOf }: { report: Report; reports: Reports; nameOf: NameOf }) {
  const place = placeWords(report, nameOf);
  return (
    <div className={classes.held} role="status" data-testid="report-held">
      <p>Reported: <b>{kindLabel(report.kind)}</b>{place && ` (${place})`}</p>
      <div className={classes.buttons}>
        <button type="button" onClick={reports.write}>Add a word <kbd>Q</kbd></button>
        <button type="button" onClick={reports.takeBack}>Take back <kbd>Esc</kbd></button>
      </div>
      <span className={classes.seconds} style={{ animationDuration: `${reports.heldMs}ms` }} aria-hidden="true" />
    </div>
  );
}

/** Leaving the field sends what was reported, except where the word was all there would have been. */
function Writing({ report, reports }: { report: Report; reports: Reports }) {
  const leave = () => (report.kind === "other" ? reports.takeBack() : reports.send(report));
  return (
    <CommentField
      label={kindLabel(report.kind)} text="" maxLength={TEXT_LENGTH} placeholder="What is wrong, in a few words"
      onKeep={(text) => (text ? reports.send(report, text) : leave())} onLeave={leave}
    />
  );
}
