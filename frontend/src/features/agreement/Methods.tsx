import { Button, CopyButton, Stack, Text } from "@mantine/core";
import { Empty } from "@/ui/Empty";
import { IconCheck, IconCopy } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import type { PartProps } from "./Report";

/** The paragraph for a methods section, as it can be copied. */
export function Methods({ report: { methods, version, input_sha256 } }: PartProps) {
  if (methods.length === 0) return <Panel><Empty title="No methods yet">They are written once there is something to compute.</Empty></Panel>;
  return (
    <Panel title="Methods" description="What was computed, how, and from what; for the statistics section of a paper." actions={<Copy text={methods.join(" ")} />}>
      <Stack gap={8} maw={800}>
        {methods.map((sentence) => <Text key={sentence}>{sentence}</Text>)}
        <Text size="sm" c="dimmed" mt={8} style={{ overflowWrap: "anywhere" }}>
          {version && `Report version ${version}. `}{input_sha256 && `SHA-256 of the readings it was computed from: ${input_sha256}`}
        </Text>
      </Stack>
    </Panel>
  );
}

function Copy({ text }: { text: string }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy} aria-label="Copy the methods" leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}>{copied ? "Copied" : "Copy"}</Button>
      )}
    </CopyButton>
  );
}
