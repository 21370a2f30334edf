import { Alert, Button, Code as Inline, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { count } from "@/lib/format";
import { messageOf } from "@/lib/message";
import { Code } from "@/ui/Code";
import { IconAlert, IconCheck, IconFolder } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import { lineIn, previewOf, textOfLine } from "./table";

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

/** A table of references, chosen or pasted; all of it is taken over, or nothing. */
export function EnterPanel({ instrument, isBusy, isDone, error, onEnter, onEdit }: Props) {
  const [csv, setCsv] = useState("");
  const preview = previewOf(csv);
  const edit = (text: string) => {
    setCsv(text);
    onEdit();
  };
  return (
    <Panel title="Enter references" description={`A CSV table with the columns case, item and grade: every item of the instrument (${instrument}) for each case in it.`}>
      <Stack gap={16}>
        <Text size="sm" c="dimmed">
          <b>case</b> is the code of a case, or the participant's pseudonym where it has one case. <b>item</b> is the code from the instrument's codebook, such as <Inline>VB_C4</Inline>.{" "}
          <b>grade</b> is a number; the code of a reason, such as <Inline>artefact</Inline>, says that the item cannot be assessed. Cases that are not in the table keep what they have.
        </Text>
        <Textarea
          label="Table" placeholder={EXAMPLE} autosize minRows={8} maxRows={20} spellCheck={false} value={csv} onChange={(event) => edit(event.currentTarget.value)}
          styles={{ input: { fontFamily: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace", fontSize: 13 } }}
        />
        {error != null && <Refused message={messageOf(error)} csv={csv} />}
        {isDone && <Alert role="status" color="green" variant="light" icon={<IconCheck />}>The references are taken over.</Alert>}
        <Group justify="space-between">
          <FileButton accept=".csv,text/csv" onChange={(file) => file && void file.text().then(edit)}>
            {(props) => <Button variant="default" leftSection={<IconFolder size={16} />} {...props}>Choose a file</Button>}
          </FileButton>
          <Group gap={16}>
            <Text size="sm" c="dimmed">{csv.trim() && (preview ? `${count(preview.nLines, "line")} of ${count(preview.nCases, "case")}` : "The first line must name the columns: case,item,grade")}</Text>
            <Button loading={isBusy} disabled={!preview || preview.nLines === 0 || isDone} onClick={() => onEnter(csv)}>Take over</Button>
          </Group>
        </Group>
      </Stack>
    </Panel>
  );
}

/** What is wrong, with the line it is about: nothing of the table was taken over. */
function Refused({ message, csv }: { message: string; csv: string }) {
  const line = lineIn(message);
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlert />} title="Nothing was taken over">
      <Text>{message}</Text>
      {line !== null && <Code>{textOfLine(csv, line)}</Code>}
    </Alert>
  );
}
