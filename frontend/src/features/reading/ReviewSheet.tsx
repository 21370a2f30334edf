import { ApiError } from "@/api/errors";
import type { Instrument, Reading } from "@/api/types";
import type { ItemCode } from "@/lib/brand";
import { SignSheet } from "@/ui/SignSheet";
import { type Answers, answerOf, isBlank, itemsOf, missingItems } from "./draft";
import { useSign } from "./queries";
import classes from "./ReviewSheet.module.css";
import { totalOf, totalText } from "./total";
import { titleOf } from "./words";

interface Props {
  reading: Reading;
  answers: Answers;
  isSaved: boolean;
  onGoTo: (item: ItemCode) => void;
  onClose: () => void;
}

interface Named {
  item: string;
  label: string;
}

/** Every value once more, then the signature. */
export function ReviewSheet({ reading, answers, isSaved, onGoTo, onClose }: Props) {
  const sign = useSign(reading);
  return (
    <SignSheet
      title="Review and sign" missing={missingOf(reading.instrument, answers, sign.error)} meaning={reading.meaning}
      waiting={isSaved ? undefined : "Waiting until every answer is saved."} isBusy={sign.isPending} error={sign.error}
      onSign={(password) => sign.mutate(password)} onGoTo={(item) => onGoTo(item as ItemCode)} onClose={onClose}
    >
      <Values instrument={reading.instrument} answers={answers} />
    </SignSheet>
  );
}

/** The blanks of this page, and what the server alone knows to be missing. */
function missingOf(instrument: Instrument, answers: Answers, error: unknown): Named[] {
  const own = missingItems(instrument, answers).map(({ code, label }): Named => ({ item: code, label }));
  const told = error instanceof ApiError && Array.isArray(error.extras.missing) ? (error.extras.missing as Named[]) : [];
  return [...own, ...told.filter(({ item }) => !own.some((one) => one.item === item))];
}

function Values({ instrument, answers }: { instrument: Instrument; answers: Answers }) {
  return (
    <div>
      <table className={classes.values}>
        <tbody>
          {instrument.regions.map((region) => (
            <tr key={region.code}>
              <th scope="row">{region.label}</th>
              <td>
                <ul>
                  {region.items.map((item) => {
                    const answer = answerOf(answers, item.code);
                    const look = answer.not_assessable ? "none" : String(item.kind === "flag" && answer.grade ? 2 : answer.grade);
                    return (
                      <li key={item.code} title={titleOf(instrument, item, answer)} aria-label={titleOf(instrument, item, answer)}>
                        <span>{item.site}</span>
                        <b data-look={isBlank(answer) ? "blank" : look}>{answer.not_assessable ? "X" : (answer.grade ?? "")}</b>
                      </li>
                    );
                  })}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <NotAssessable instrument={instrument} answers={answers} />
      <p className={classes.total} data-testid="total">
        Total <b>{totalText(instrument, totalOf(instrument, answers))}</b>
      </p>
    </div>
  );
}

/** Reasons are signed too, so they are read before. */
function NotAssessable({ instrument, answers }: { instrument: Instrument; answers: Answers }) {
  const items = itemsOf(instrument).filter((item) => answerOf(answers, item.code).not_assessable);
  return items.map((item) => (
    <p key={item.code} className={classes.reason}>{titleOf(instrument, item, answerOf(answers, item.code))}</p>
  ));
}
