import type { ReactNode } from "react";
import type { Instrument } from "@/api/types";
import { count } from "@/lib/format";
import { Confirm } from "@/ui/Confirm";
import { itemsOf } from "./draft";
import { type Statement, type Thing, type Value, idOf } from "./operations";
import type { Conflict } from "./outbox";
import classes from "./SavingNotices.module.css";
import { SignInAgain } from "./SignInAgain";
import type { Saving } from "./useDraft";
import { answerWords } from "./words";

interface Props {
  saving: Saving;
  username: string;
  instrument: Instrument;
}

/** Everything a person has to be told about saving, beside the list of the sites: never over the images. */
export function SavingNotices({ saving, username, instrument }: Props) {
  const { halt, isElsewhere, isSignedOut, isKept, nUnsaved, tooLate, conflicts, refusals, blocker } = saving;
  return (
    <>
      {tooLate.length > 0 && <TooLate tooLate={tooLate} instrument={instrument} />}
      {isElsewhere && <Elsewhere saving={saving} />}
      {conflicts.map((conflict) => <Choice key={idOf(conflict.thing)} conflict={conflict} instrument={instrument} settle={saving.settle} />)}
      {refusals.length > 0 && <Notice><p>The server did not take a change: {refusals.at(-1)}</p></Notice>}
      {!isKept && nUnsaved > 0 && (
        <Notice><p>This browser keeps nothing: {count(nUnsaved, "change")} not saved yet would be lost with this page. Leave it open.</p></Notice>
      )}
      {halt && <Halted saving={saving} />}
      {isSignedOut && <SignInAgain username={username} isSomeoneElse={saving.isSomeoneElse} nUnsaved={nUnsaved} onSignedIn={saving.resume} />}
      <Confirm
        opened={blocker.state === "blocked"} title="Some changes are not saved yet" action="Leave"
        onConfirm={() => blocker.proceed?.()} onCancel={() => blocker.reset?.()}
      >
        {isKept ? "This browser keeps them and sends them when you open this reading here again." : "They would be lost: this browser keeps nothing."}
      </Confirm>
    </>
  );
}

function Notice({ children }: { children: ReactNode }) {
  return <div className={classes.notice} role="alert">{children}</div>;
}

/** What counts is what was signed, and it is on the screen; this is what it would have been. */
function TooLate({ tooLate, instrument }: { tooLate: Statement[]; instrument: Instrument }) {
  const last = [...new Map(tooLate.map((one) => [idOf(one.thing), one])).values()];
  return (
    <Notice>
      <p>This reading was signed elsewhere. What was said here came after the signature and is not part of it:</p>
      <ul data-testid="too-late">
        {last.map(({ thing, value }) => <li key={idOf(thing)}>{thingWords(instrument, thing)}: <b>{words(instrument, thing.kind, value)}</b></li>)}
      </ul>
    </Notice>
  );
}

function Elsewhere({ saving: { nUnsaved, takeOver } }: { saving: Saving }) {
  return (
    <Notice>
      <p>This reading is open in another tab or on another computer. Here it can only be looked at.</p>
      {nUnsaved > 0 && <p className={classes.faint}>{count(nUnsaved, "change")} made here {nUnsaved === 1 ? "is" : "are"} kept, and sent when you work here again.</p>}
      <button type="button" className={classes.act} onClick={takeOver}>Work here instead</button>
    </Notice>
  );
}

function Halted({ saving: { halt, nUnsaved, resume } }: { saving: Saving }) {
  return (
    <Notice>
      <p>{halt?.message}</p>
      {nUnsaved > 0 && <p className={classes.faint}>{count(nUnsaved, "change")} not saved yet, and kept.</p>}
      <button type="button" className={classes.act} onClick={resume}>Try again</button>
    </Notice>
  );
}

/** Two values for one thing, said at two places: nobody but the reader can know which counts. */
function Choice({ conflict, instrument, settle }: { conflict: Conflict; instrument: Instrument; settle: Saving["settle"] }) {
  const { thing, mine, theirs } = conflict;
  return (
    <div className={classes.notice} role="alert" data-testid={`conflict-${thing.item}`}>
      <p>{thingWords(instrument, thing)} was changed at two places. Which counts?</p>
      <div className={classes.acts}>
        <button type="button" className={classes.act} onClick={() => settle(conflict, "mine")}>Made here: <b>{words(instrument, thing.kind, mine)}</b></button>
        <button type="button" className={classes.act} onClick={() => settle(conflict, "theirs")}>Made elsewhere: <b>{words(instrument, thing.kind, theirs)}</b></button>
      </div>
    </div>
  );
}

function thingWords(instrument: Instrument, { kind, item }: Thing): string {
  const label = itemsOf(instrument).find(({ code }) => code === item)?.label ?? item;
  return { answer: label, comment: `The comment on ${label}`, pin: `A pin at ${label}` }[kind];
}

function words(instrument: Instrument, kind: Conflict["thing"]["kind"], value: Value): string {
  if (kind === "answer") return answerWords(instrument, value as Parameters<typeof answerWords>[1]);
  if (kind === "comment") return (value as { text: string }).text || "no comment";
  return value === null ? "taken out" : "where it is";
}
