import { Code as Inline, Stack, Text } from "@mantine/core";
import { count } from "@/lib/format";
import { Panel } from "@/ui/Panel";
import { TableEntry } from "@/ui/TableEntry";
import { previewOf } from "./table";

interface Props {
  instrument: string;
  isBusy: boolean;
  isDone: boolean;
  error: unknown;
  onEnter: (csv: string) => void;
  /** The table was changed: what was said of it before is no longer so. */
  onEdit: () => void;
}

const EXAMPLE = "case,item,grade\nP-01,VB_C3,0\nP-01,VB_C4,2\nP-01,VB_C5,artefact";

const told = (csv: string) => {
  const preview = previewOf(csv);
  return preview && { nLines: preview.nLines, text: `${count(preview.nLines, "line")} of ${count(preview.nCases, "case")}` };
};

/** A table of references, chosen or pasted; all of it is taken over, or nothing. */
export function EnterPanel({ instrument, isDone, ...entry }: Props) {
  return (
    <Panel title="Enter references" description={`A CSV table with the columns case, item and grade: every item of the instrument (${instrument}) for each case in it.`}>
      <Stack gap={16}>
        <Text size="sm" c="dimmed">
          <b>case</b> is the code of a case, or the participant's pseudonym where it has one case. <b>item</b> is the code from the instrument's codebook, such as <Inline>VB_C4</Inline>.{" "}
          <b>grade</b> is a number; the code of a reason, such as <Inline>artefact</Inline>, says that the item cannot be assessed. Cases that are not in the table keep what they have.
        </Text>
        <TableEntry header="case,item,grade" example={EXAMPLE} previewOf={told} done={isDone ? "The references are taken over." : null} {...entry} />
      </Stack>
    </Panel>
  );
}
