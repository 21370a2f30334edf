import { Alert, Box, Button, FileButton, Group, Stack, Text, Textarea } from "@mantine/core";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { messageOf } from "@/lib/message";
import { lineIn, textOf, textOfLine } from "@/lib/tableText";
import { useNoStrayDrop } from "@/lib/useNoStrayDrop";
import { Code } from "./Code";
import { IconAlert, IconCheck, IconFolder } from "./icons";

interface Preview {
  nLines: number;
  /** What is about to be sent, in a few words. */
  text: string;
}

interface Props {
  /** What the first line has to be. */
  header: string;
  example: string;
  /** Null where the first line does not name the columns. */
  previewOf: (csv: string) => Preview | null;
  isBusy: boolean;
  /** What is said once the table is taken over; null before. */
  done: string | null;
  error: unknown;
  onEnter: (csv: string) => void;
  /** The table was changed: what was said of it before is no longer so. */
  onEdit: () => void;
}

const MOST_BYTES = 4_000_000; // a million characters is what the server takes
const NO_TABLE = "This file is no CSV table. Save the sheet as CSV and choose that file.";
const STYLES = { input: { fontFamily: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace", fontSize: 13 } };

/** A CSV table, pasted, chosen or dropped, and then entered as a whole. */
export function TableEntry({ header, example, previewOf, isBusy, done, error, onEnter, onEdit }: Props) {
  const [csv, setCsv] = useState("");
  const [isNoTable, setNoTable] = useState(false);
  const preview = previewOf(csv);
  const edit = (text: string) => {
    setCsv(text);
    setNoTable(false);
    onEdit();
  };
  const take = async (file: File) => {
    const text = file.size > MOST_BYTES ? null : textOf(new Uint8Array(await file.arrayBuffer()));
    edit(text ?? "");
    setNoTable(text === null);
  };
  return (
    <Stack gap={16}>
      <FileDrop onFile={take}>
        <Textarea label="Table" placeholder={example} autosize minRows={8} maxRows={20} spellCheck={false} styles={STYLES} value={csv} onChange={(event) => edit(event.currentTarget.value)} />
      </FileDrop>
      {isNoTable && <Alert role="alert" color="red" variant="light" icon={<IconAlert />}>{NO_TABLE}</Alert>}
      {error != null && <Refused message={messageOf(error)} csv={csv} />}
      {done && <Alert role="status" color="green" variant="light" icon={<IconCheck />}>{done}</Alert>}
      <Group justify="space-between">
        <Group gap={12}>
          <ChooseFile onFile={take} />
          <Text size="sm" c="dimmed">or drop it on the table</Text>
        </Group>
        <Group gap={16}>
          <Text size="sm" c="dimmed">{csv.trim() && (preview?.text ?? `The first line must name the columns: ${header}`)}</Text>
          <Button loading={isBusy} disabled={!preview || preview.nLines === 0 || done !== null} onClick={() => onEnter(csv)}>Take over</Button>
        </Group>
      </Group>
    </Stack>
  );
}

/** A place to drop a file on; words that are dragged are left to the field inside. */
function FileDrop({ onFile, children }: { onFile: (file: File) => void; children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  useNoStrayDrop();
  const over = (event: DragEvent) => setIsOver(event.dataTransfer.types.includes("Files"));
  const drop = (event: DragEvent) => {
    setIsOver(false);
    const [file] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    onFile(file);
  };
  return (
    <Box onDragOver={over} onDragLeave={() => setIsOver(false)} onDrop={drop} style={isOver ? { outline: "2px solid var(--dens-accent)", outlineOffset: 6, borderRadius: 4 } : undefined}>
      {children}
    </Box>
  );
}

function ChooseFile({ onFile }: { onFile: (file: File) => void }) {
  const forget = useRef<() => void>(null);
  const choose = (file: File | null) => {
    forget.current?.(); // or the browser would not tell when the same file is chosen again, corrected
    if (file) onFile(file);
  };
  return (
    <FileButton accept=".csv,.tsv,.txt,text/csv" resetRef={forget} onChange={choose}>
      {(props) => <Button variant="default" leftSection={<IconFolder size={16} />} {...props}>Choose a file</Button>}
    </FileButton>
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
