import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  title: string;
  /** 1 where nothing else on the page has a heading. */
  order?: 1 | 2;
  icon?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** What a list says when it has nothing: why, and what to do next. */
export function Empty({ title, order = 2, icon, action, children }: Props) {
  return (
    <Stack align="center" gap={8} py={56} px="md" ta="center">
      {icon && <Text c="dimmed" lh={1}>{icon}</Text>}
      <Title order={order}>{title}</Title>
      <Text c="dimmed" maw={460}>
        {children}
      </Text>
      {action}
    </Stack>
  );
}
