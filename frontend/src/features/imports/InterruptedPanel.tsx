import { Button, Stack, Text } from "@mantine/core";
import type { UploadLine } from "@/api/types";
import { count, formatTime } from "@/lib/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Panel } from "@/ui/Panel";
import type { Found } from "./collect";
import { DropZone } from "./DropZone";
import { remembered } from "./remembered";
import { interruptedTitle, totalOf } from "./report";

interface Props {
  upload: UploadLine;
  isBusy: boolean;
  error: unknown;
  onAdd: (found: Found[]) => void;
  onDiscard: () => void;
}

/** An upload that a closed page or a lost connection left half done. */
export function InterruptedPanel({ upload, isBusy, error, onAdd, onDiscard }: Props) {
  const nHere = totalOf(upload.totals);
  return (
    <Panel
      title={interruptedTitle(remembered(upload.code))}
      description={`Begun ${formatTime(upload.received_at)}. ${nHere === 0 ? "Nothing of it has arrived." : `${count(nHere, "file")} of it ${nHere === 1 ? "is" : "are"} here, whole or in part.`}`}
      actions={<Button variant="default" onClick={onDiscard} disabled={isBusy}>Discard…</Button>}
    >
      <Stack gap={16}>
        {error != null && <ErrorNotice error={error} title="The upload could not go on" />}
        <DropZone isDisabled={isBusy} isSmall label="Drop the same folder again to go on" note={isBusy ? "Comparing with what has arrived…" : "Only what is missing is sent."} onFound={onAdd} />
        <Text size="sm" c="dimmed">What is never finished is destroyed a day after it was begun.</Text>
      </Stack>
    </Panel>
  );
}
