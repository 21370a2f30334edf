import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { CentreQuery } from "@/api/types";
import { formatTime } from "@/lib/format";
import classes from "./Rail.module.css";
import { TextForm } from "./TextForm";

const STATES: Record<CentreQuery["state"], string> = { open: "Open", answered: "Answered", closed: "Closed" };

interface Props {
  query: CentreQuery;
  mayDecide: boolean;
  isBusy: boolean;
  onAnswer: (text: string) => Promise<unknown>;
  onClose: () => void;
}

/** One question: who asked it when, what came back, and whether it is settled. */
export function QueryItem({ query, mayDecide, isBusy, onAnswer, onClose }: Props) {
  const [isAnswering, setIsAnswering] = useState(false);
  const isOpen = query.state === "open";
  const send = (text: string) => onAnswer(text).then(() => setIsAnswering(false), () => undefined);
  return (
    <article className={classes.query} data-state={query.state} data-testid="query">
      <p><strong className={classes.queryState}>{STATES[query.state]}</strong> {query.question}</p>
      <p className={classes.when}>{`Asked by ${query.asked_by}, ${formatTime(query.asked_at)}`}</p>
      {query.answer && <p>{`“${query.answer}”`}</p>}
      {query.answered_at && <p className={classes.when}>{`Answer written down by ${query.answered_by}, ${formatTime(query.answered_at)}`}</p>}
      {query.closed_at && <p className={classes.when}>{`Closed by ${query.closed_by}, ${formatTime(query.closed_at)}`}</p>}
      {isAnswering && <TextForm label="Answer of the centre" action="Save the answer" isBusy={isBusy} onSend={send} onCancel={() => setIsAnswering(false)} />}
      {mayDecide && query.state !== "closed" && !isAnswering && (
        <Group gap={8}>
          {isOpen && <Button size="compact-sm" variant="default" onClick={() => setIsAnswering(true)}>Write down the answer</Button>}
          <Button size="compact-sm" variant={isOpen ? "subtle" : "default"} loading={isBusy} onClick={onClose}>{isOpen ? "Withdraw" : "Close the query"}</Button>
        </Group>
      )}
    </article>
  );
}
