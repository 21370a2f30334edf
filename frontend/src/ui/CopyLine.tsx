import { Button, CopyButton, Group } from "@mantine/core";
import { Code } from "./Code";
import { IconCheck, IconCopy } from "./icons";

interface Props {
  value: string;
  /** What stands on the page, when the value is too long for it. */
  shown?: string;
  label: string;
  size?: string;
}

/** A value to carry elsewhere, and the button that copies it. */
export function CopyLine({ value, shown = value, label, size = "sm" }: Props) {
  return (
    <Group gap={8} wrap="nowrap">
      <Code size={size}>{shown}</Code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="default" onClick={copy} aria-label={label} leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}>
            {copied ? "Copied" : "Copy"}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
