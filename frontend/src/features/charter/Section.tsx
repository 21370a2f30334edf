import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { IconAlert } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import classes from "./Section.module.css";
import { anchorOf, type Part, problemsIn } from "./problems";

interface Props {
  part: Part;
  title: string;
  description: string;
  /** Everything that cannot be kept; what belongs here is shown here. */
  problems: string[];
  children: ReactNode;
}

/** One part of the charter, with what contradicts itself in it. */
export function Section({ part, title, description, problems, children }: Props) {
  const own = problemsIn(part, problems);
  return (
    <div id={anchorOf(part)} className={classes.section} data-problem={own.length > 0 || undefined} tabIndex={-1}>
      <Panel title={title} description={description}>
        <Stack gap={20}>
          {children}
          {own.length > 0 && <div>{own.map((problem) => <Problem key={problem}>{problem}</Problem>)}</div>}
        </Stack>
      </Panel>
    </div>
  );
}

function Problem({ children }: { children: string }) {
  return (
    <Group gap={8} wrap="nowrap" align="flex-start" className={classes.problem}>
      <IconAlert size={16} />
      <Text size="sm" fw={500}>{children}</Text>
    </Group>
  );
}
