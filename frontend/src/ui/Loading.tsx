import { Center, Loader, VisuallyHidden } from "@mantine/core";

export function Loading({ label }: { label: string }) {
  return (
    <Center mih={240} role="status" aria-live="polite">
      <Loader size="sm" />
      <VisuallyHidden>{label}</VisuallyHidden>
    </Center>
  );
}
