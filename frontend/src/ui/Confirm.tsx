import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorNotice } from "./ErrorNotice";

interface Props {
  opened: boolean;
  title: string;
  action: string;
  isDangerous?: boolean;
  isBusy?: boolean;
  error?: unknown;
  children: ReactNode;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asks once before something that cannot be taken back with one click. */
export function Confirm({ opened, title, action, isDangerous, isBusy, error, children, onConfirm, onCancel }: Props) {
  return (
    <Modal opened={opened} onClose={onCancel} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        {children}
        {error != null && <ErrorNotice error={error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onCancel}>Cancel</Button>
          <Button color={isDangerous ? "red" : undefined} loading={isBusy} onClick={onConfirm} data-autofocus>{action}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
