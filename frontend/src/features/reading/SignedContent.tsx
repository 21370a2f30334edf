import type { Instrument, InstrumentItem, InstrumentRegion, Review } from "@/api/types";
import { count } from "@/lib/format";
import { Code } from "@/ui/Code";
import { type Answers, answerOf, isBlank, itemsOf } from "./draft";
import { lookOf } from "./look";
import classes from "./ReviewSheet.module.css";
import { totalOf, totalText } from "./total";
import { type NameOf, placeWords, titleOf } from "./words";

type Content = Review["content"];

/** What the signature will stand under, as the server keeps it: every value and reason, comment and pin. */
export function SignedContent({ instrument, review: { content, content_sha256 }, nameOf }: { instrument: Instrument; review: Review; nameOf: NameOf }) {
  const answers: Answers = Object.fromEntries(content.scores.map(({ item, grade, not_assessable }) => [item, { grade, not_assessable }]));
  return (
    <div>
      <table className={classes.values}>
        <tbody>
          {instrument.regions.map((region) => <Values key={region.code} instrument={instrument} region={region} answers={answers} />)}
        </tbody>
      </table>
      {itemsOf(instrument).map((item) => <Said key={item.code} instrument={instrument} item={item} content={content} answers={answers} nameOf={nameOf} />)}
      {instrument.sums.map((sum) => (
        <p key={sum.name} className={classes.total} data-testid={sum.name}>
          {sum.label} <b>{totalText(sum, totalOf(instrument, sum, answers))}</b>
        </p>
      ))}
      <p className={classes.digest} title={`SHA-256 ${content_sha256}`} data-testid="digest">
        SHA-256 of this content <Code size="xs">{`${content_sha256.slice(0, 8)}…${content_sha256.slice(-8)}`}</Code>
      </p>
    </div>
  );
}

function Values({ instrument, region, answers }: { instrument: Instrument; region: InstrumentRegion; answers: Answers }) {
  return (
    <tr>
      <th scope="row">{region.label}</th>
      <td>
        <ul>
          {region.items.map((item) => {
            const answer = answerOf(answers, item.code);
            const look = answer.not_assessable ? "none" : lookOf(region, answer.grade ?? 0);
            return (
              <li key={item.code} title={titleOf(instrument, item, answer)}>
                <span>{item.site}</span>
                <b data-look={isBlank(answer) ? "blank" : look}>{answer.not_assessable ? "X" : (answer.grade ?? "")}</b>
              </li>
            );
          })}
        </ul>
      </td>
    </tr>
  );
}

interface SaidProps {
  instrument: Instrument;
  item: InstrumentItem;
  content: Content;
  answers: Answers;
  nameOf: NameOf;
}

/** Reasons, comments and pins are signed too, so they are read before. */
function Said({ instrument, item, content, answers, nameOf }: SaidProps) {
  const answer = answerOf(answers, item.code);
  const comment = content.scores.find((score) => score.item === item.code)?.comment ?? "";
  const slices = content.pins.filter((pin) => pin.item === item.code).map((pin) => placeWords(pin, nameOf));
  const parts = [comment && `“${comment}”`, slices.length > 0 && `${count(slices.length, "pin")} (${slices.join("; ")})`].filter(Boolean);
  if (!answer.not_assessable && parts.length === 0) return null;
  return <p className={classes.said}>{[titleOf(instrument, item, answer), ...parts].join(". ")}</p>;
}
