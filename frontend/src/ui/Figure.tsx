import { Paper, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  label: string;
  value: ReactNode;
  note?: ReactNode;
}

/** One number of a study on a card of its own. */
export function Figure({ label, value, note }: Props) {
  return (
    <Paper withBorder radius={8} px={20} py={14} mih={96} style={{ borderColor: "var(--dens-border)" }}>
      <Text size="sm" c="dimmed">{label}</Text>
      <Text fz={28} lh="36px" fw={600} style={{ fontVariantNumeric: "tabular-nums" }}>{value}</Text>
      {note && <Text size="sm" c="dimmed">{note}</Text>}
    </Paper>
  );
}
