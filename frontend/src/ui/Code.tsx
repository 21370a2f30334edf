import { Text } from "@mantine/core";

/** An opaque code: monospaced, so that 0 and O, 1 and l are told apart. */
export function Code({ children, size = "sm" }: { children: string; size?: string }) {
  return (
    <Text span ff="ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace" size={size}>
      {children}
    </Text>
  );
}
