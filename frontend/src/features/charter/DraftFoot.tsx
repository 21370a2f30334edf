import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { count } from "@/lib/format";
import { anchorOf, partOf } from "./problems";
import classes from "./Section.module.css";

interface Props {
  problems: string[];
  isSaving: boolean;
  isSaved: boolean;
  act: string;
  onAct: () => void;
  children: ReactNode;
}

/** Stays in sight while the form is long: what is still in the way, whether the draft is saved, and the act. */
export function DraftFoot({ problems, isSaving, isSaved, act, onAct, children }: Props) {
  return (
    <div className={classes.foot}>
      <Group justify="space-between" gap={24} wrap="nowrap" align="center">
        <Stack gap={2} role="status">
          {problems.length > 0 && <Text size="sm" c="dimmed">{count(problems.length, "thing")} to settle first</Text>}
          {problems.map((problem) => (
            <button key={problem} type="button" className={classes.jump} onClick={() => jump(problem)}>{problem}</button>
          ))}
          {problems.length === 0 && <Text size="sm" c="dimmed">{isSaving ? "Saving the draft" : isSaved ? "The draft is saved as you go." : "The draft is not saved."}</Text>}
        </Stack>
        <Group gap={8} wrap="nowrap" style={{ flexShrink: 0 }}>
          {children}
          <Button onClick={onAct} disabled={problems.length > 0}>{act}</Button>
        </Group>
      </Group>
    </div>
  );
}

function jump(problem: string): void {
  const section = document.getElementById(anchorOf(partOf(problem)));
  section?.scrollIntoView({ behavior: "smooth", block: "start" });
  section?.focus({ preventScroll: true });
}
