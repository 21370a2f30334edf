import { Anchor, Button, Group, Progress, Text, VisuallyHidden } from "@mantine/core";
import { Link } from "react-router";
import { Code } from "@/ui/Code";
import { Grid } from "@/ui/Grid";
import { IconArrowRight, IconCheck } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import { StateMark } from "@/ui/StateMark";
import { nextOf, signedOf } from "./next";
import { type Line, STATES, type Kind } from "./words";

interface Props {
  kind: Kind;
  title: string;
  lines: Line[];
  /** Under the list, if there is something to say of it. */
  notes?: string[];
}

/** One person's own work in one study: what is next, and every line with its own state. */
export function Worklist({ kind, title, lines, notes = [] }: Props) {
  const next = nextOf(lines);
  const signed = signedOf(lines);
  return (
    <Panel
      flush
      title={title}
      description={`${signed} of ${lines.length} signed`}
      actions={
        next ? (
          <Button component={Link} to={`${kind.path}/${next.code}`} size="md" rightSection={<IconArrowRight />} data-autofocus>
            {next.state === "started" ? "Continue" : signed > 0 ? "Continue" : "Start"} with {kind.noun} {next.position}
          </Button>
        ) : (
          <Group gap={6} c="#2E7D4F">
            <IconCheck />
            <Text fw={500}>All signed</Text>
          </Group>
        )
      }
    >
      <Progress value={(100 * signed) / lines.length} h={3} radius={0} aria-label={`${signed} of ${lines.length} signed`} />
      <Grid label={`${kind.heading} in ${title}`}>
        <thead>
          <tr>
            <th scope="col" style={{ width: 80 }}>No.</th>
            <th scope="col">Code</th>
            {kind.hasDisputes && <th scope="col">Decided</th>}
            <th scope="col">State</th>
            <th scope="col" style={{ width: 100 }}><VisuallyHidden>Open</VisuallyHidden></th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, place) => [
            line.is_second_look && !lines[place - 1]?.is_second_look && (
              <tr key="second look">
                <th scope="colgroup" colSpan={4}>Second look: some sites of cases you have read are asked again. This is so in every case.</th>
              </tr>
            ),
            <tr key={line.code} aria-current={line === next ? "step" : undefined}>
              <td>{line.position}</td>
              <td><Code>{line.code}</Code></td>
              {kind.hasDisputes && <td>{line.n_decided} of {line.n_disputes}</td>}
              <td>
                <Group gap={8} wrap="nowrap">
                  <StateMark mark={STATES[line.state].mark} label={STATES[line.state].label} />
                  <span aria-hidden="true">{STATES[line.state].label}</span>
                </Group>
              </td>
              <td style={{ textAlign: "right" }}>
                <Anchor component={Link} to={`${kind.path}/${line.code}`} size="sm" fw={500} aria-label={`${openWord(line)} ${kind.noun} ${line.position}`}>
                  {openWord(line)}
                </Anchor>
              </td>
            </tr>,
          ])}
        </tbody>
      </Grid>
      {notes.map((note) => <Text key={note} size="sm" c="dimmed" px={20} py={12} style={{ borderTop: "1px solid var(--dens-border)" }}>{note}</Text>)}
    </Panel>
  );
}

const openWord = ({ state }: Line): string => (state === "signed" ? "View" : "Open");
