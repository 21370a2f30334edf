import { Box, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  width?: number;
  children: ReactNode;
}

/** The frame of every light page: one heading, one sentence, the actions at the right. */
export function Page({ title, description, actions, width = 1120, children }: Props) {
  return (
    <Box component="main" p={32} maw={width + 64} mx="auto" w="100%">
      <Group justify="space-between" align="flex-start" wrap="nowrap" mb={24} gap={24}>
        <Stack gap={4}>
          <Title order={1}>{title}</Title>
          {description && (
            <Text c="dimmed" maw={800}>
              {description}
            </Text>
          )}
        </Stack>
        {actions && <Group gap={8} style={{ flexShrink: 0 }}>{actions}</Group>}
      </Group>
      <Stack gap={24}>{children}</Stack>
    </Box>
  );
}
