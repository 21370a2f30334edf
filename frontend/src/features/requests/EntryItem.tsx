import { Anchor, Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useId, useState } from "react";
import { Link } from "react-router";
import { checkPath } from "@/api/cases";
import { useSettle } from "@/api/requests";
import { useStudyCode } from "@/api/studies";
import { formatTime } from "@/lib/format";
import { Code } from "@/ui/Code";
import { StateMark } from "@/ui/StateMark";
import { ConsensusHistory } from "./ConsensusHistory";
import classes from "./EntryItem.module.css";
import { NoteForm } from "./NoteForm";
import { type Act, type Entry, actsOn, formOf, hasHistory, headingOf, isUrgent, markOf, outcomeOf, placeOf, textOf, whenDone, whenSent } from "./words";

/** One report or request: what it is, of which case, from whom, and what can be done or was done. */
export function EntryItem({ entry }: { entry: Entry }) {
  const [acting, setActing] = useState<Act | null>(null);
  const { send, isBusy, error, forget } = useActs(entry);
  const stop = () => {
    forget();
    setActing(null);
  };
  return (
    <li className={classes.entry} data-urgent={isUrgent(entry) || undefined} data-testid="request">
      <StateMark {...markOf(entry)} />
      <div className={classes.body}>
        <h2>{headingOf(entry)}</h2>
        {textOf(entry) && <p className={classes.said}>{textOf(entry)}</p>}
        <Origin entry={entry} />
        <Outcome entry={entry} />
        {hasHistory(entry) && <ConsensusHistory code={entry.of.case} />}
        {acting && <NoteForm form={formOf(entry, acting)} isBusy={isBusy} error={error} onSend={(note) => send(acting, note)} onCancel={stop} />}
      </div>
      {!acting && <Acts entry={entry} onAct={setActing} />}
    </li>
  );
}

/** Sends what was decided. An entry that is settled leaves the list, and its form with it; that it worked is said all the same. */
function useActs(entry: Entry) {
  const { close, decide } = useSettle(useStudyCode());
  const send = (act: Act, note: string) => {
    const done = entry.sort === "problem" ? close.mutateAsync({ code: entry.of.code, note }) : decide.mutateAsync({ code: entry.of.code, grant: act === "grant", note });
    done.then(() => notifications.show({ message: formOf(entry, act).done }), () => undefined); // an error stands in the form
  };
  const forget = () => {
    close.reset();
    decide.reset();
  };
  return { send, forget, isBusy: close.isPending || decide.isPending, error: close.error ?? decide.error };
}

function Origin({ entry }: { entry: Entry }) {
  const place = entry.sort === "problem" ? placeOf(entry.of) : null;
  return (
    <p className={classes.origin}>
      <span>Case <Anchor component={Link} to={checkPath(useStudyCode(), entry.of.case)} underline="always"><Code>{entry.of.case}</Code></Anchor></span>
      {place && <span>{place}</span>}
      <span>{entry.of.reader}</span>
      <time dateTime={whenSent(entry)}>{formatTime(whenSent(entry))}</time>
    </p>
  );
}

function Outcome({ entry }: { entry: Entry }) {
  const outcome = outcomeOf(entry);
  if (!outcome) return null;
  return (
    <p className={classes.outcome}>
      {`${outcome}, ${formatTime(whenDone(entry))}`}
      {entry.of.note && <>: <span className={classes.note}>{entry.of.note}</span></>}
    </p>
  );
}

function Acts({ entry, onAct }: { entry: Entry; onAct: (act: Act) => void }) {
  const reason = useId();
  const acts = actsOn(entry);
  const whyNot = acts.find((one) => one.whyNot)?.whyNot;
  if (acts.length === 0) return null;
  return (
    <div className={classes.acts}>
      <Group gap={8} wrap="nowrap" justify="flex-end">
        {acts.map(({ act, label, whyNot: against }) => (
          <Button key={act} size="compact-sm" variant="default" disabled={against !== undefined} aria-describedby={against && reason} onClick={() => onAct(act)}>
            {label}
          </Button>
        ))}
      </Group>
      {whyNot && <Text id={reason} size="xs" c="dimmed">{whyNot}</Text>}
    </div>
  );
}
