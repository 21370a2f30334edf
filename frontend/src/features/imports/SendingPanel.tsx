import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { count, formatBytes } from "@/lib/format";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Panel } from "@/ui/Panel";
import type { Sending } from "./sending";

/** How much has left this computer, and the way on when the network broke off. */
export function SendingPanel({ sending, onResume, onDiscard }: { sending: Sending; onResume: () => void; onDiscard: () => void }) {
  const share = sending.totalBytes === 0 ? 100 : (100 * sending.sentBytes) / sending.totalBytes;
  return (
    <Panel title={`Sending ${count(sending.nFiles, "file")}`}>
      <Stack gap={12}>
        <Progress value={share} size="md" aria-label="Bytes sent" animated={sending.phase === "sending"} color={sending.phase === "stopped" ? "red" : undefined} />
        <Group justify="space-between">
          <Text size="sm" c="dimmed" style={{ fontVariantNumeric: "tabular-nums" }}>
            {formatBytes(sending.sentBytes)} of {formatBytes(sending.totalBytes)}
          </Text>
          <Text size="sm" c="dimmed">{sending.phase === "sending" ? "Keep this page open until everything has left." : "What has arrived is kept."}</Text>
        </Group>
        {sending.phase === "stopped" && (
          <>
            <ErrorNotice error={sending.error} title="Sending stopped" />
            <Group justify="flex-end" gap={8}>
              <Button variant="default" onClick={onDiscard}>Discard…</Button>
              <Button onClick={onResume}>Go on sending</Button>
            </Group>
          </>
        )}
      </Stack>
    </Panel>
  );
}
