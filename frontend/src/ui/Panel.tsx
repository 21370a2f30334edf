import { Box, Group, Paper, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  title?: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** Tables reach the edges of their panel. */
  flush?: boolean;
  children: ReactNode;
}

/** A white surface with one subject on it. */
export function Panel({ title, description, actions, flush = false, children }: Props) {
  return (
    <Paper component="section" withBorder radius={8} style={{ borderColor: "var(--dens-border)" }}>
      {title && (
        <Group justify="space-between" px={20} pt={16} pb={flush ? 12 : 4} wrap="nowrap" align="flex-start">
          <Box>
            <Title order={2} fz={14} lh="20px">{title}</Title>
            {description && <Text c="dimmed" size="sm" mt={2}>{description}</Text>}
          </Box>
          {actions}
        </Group>
      )}
      <Box p={flush ? 0 : 20} pt={title && !flush ? 12 : undefined}>{children}</Box>
    </Paper>
  );
}
