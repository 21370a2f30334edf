import { Code as Inline, Stack, Text } from "@mantine/core";
import { Panel } from "@/ui/Panel";
import { TableEntry } from "@/ui/TableEntry";
import { previewOf, withoutApostrophes } from "./table";

interface Props {
  isBusy: boolean;
  /** What is said once the table is taken over; null before. */
  done: string | null;
  error: unknown;
  onEnter: (csv: string) => void;
  /** The table was changed: what was said of it before is no longer so. */
  onEdit: () => void;
}

const EXAMPLE = "participant,diagnosis,crp [mg/dl]\nS-01,RA,0.4\nS-02,AS,";

/** A table of covariates, pasted, chosen or dropped; it replaces the one before as a whole. */
export function EnterPanel({ onEnter, ...entry }: Props) {
  return (
    <Panel title="Enter a table" description="All of it is taken over, or nothing. It replaces the table above as a whole; earlier versions are kept.">
      <Stack gap={16}>
        <Text size="sm" c="dimmed">
          A CSV table: first <b>participant</b>, the pseudonym, then a column for each covariate with its unit in brackets, such as <Inline>crp [mg/dl]</Inline>; <Inline>sex [category]</Inline> says that numbers are codes.
          {" "}Leave a cell empty where a value is missing. Names, dates and free text are refused.
        </Text>
        <TableEntry header={"participant,\u2026"} example={EXAMPLE} previewOf={previewOf} onEnter={(csv) => onEnter(withoutApostrophes(csv))} {...entry} />
      </Stack>
    </Panel>
  );
}
