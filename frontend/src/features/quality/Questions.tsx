import { Checkbox, Stack } from "@mantine/core";
import type { Question } from "@/api/types";
import classes from "./Rail.module.css";
import type { Ticked } from "./verdict";

interface Props {
  questions: Question[];
  ticked: Ticked;
  onTick: (name: string, isTicked: boolean) => void;
}

/** What only a person who has looked can say. Nothing is ticked beforehand. */
export function Questions({ questions, ticked, onTick }: Props) {
  return (
    <section className={classes.part} aria-label="To answer">
      <h2>To answer before the case is accepted</h2>
      <Stack gap={10}>
        {questions.map(({ name, sentence }) => (
          <Checkbox key={name} size="sm" label={sentence} checked={ticked.has(name)} onChange={(event) => onTick(name, event.currentTarget.checked)} />
        ))}
      </Stack>
    </section>
  );
}
