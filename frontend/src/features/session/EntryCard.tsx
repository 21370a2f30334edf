import { Box, Center, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Logo } from "@/ui/Logo";

interface Props {
  title: string;
  description: string;
  footer?: ReactNode;
  children: ReactNode;
}

/** The card in the middle of the pages before the product: signing in, choosing a password. */
export function EntryCard({ title, description, footer, children }: Props) {
  return (
    <Center component="main" mih="100vh" p="md">
      <Box w="100%" maw={400}>
        <Paper withBorder radius={12} p={32} style={{ borderColor: "var(--dens-border)", boxShadow: "0 1px 2px rgb(31 41 51 / 6%), 0 8px 24px rgb(31 41 51 / 6%)" }}>
          <Stack gap={24}>
            <Stack gap={12}>
              <Logo size={40} />
              <div>
                <Title order={1}>{title}</Title>
                <Text c="dimmed" mt={4}>{description}</Text>
              </div>
            </Stack>
            {children}
          </Stack>
        </Paper>
        {footer && <Text size="sm" c="dimmed" ta="center" mt={16}>{footer}</Text>}
      </Box>
    </Center>
  );
}
