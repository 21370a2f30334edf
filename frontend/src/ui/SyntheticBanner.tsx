import { Group, Text } from "@mantine/core";
import { IconFlask } from "./icons";

/** Stands on every screen of a study made of phantoms, so that nobody takes them for a person. */
export function SyntheticBanner() {
  return (
    <Group component="aside" aria-label="About these data" gap={8} px={20} h={32} bg="#EFEBFB" c="#4A3A8C" pos="sticky" top={56} style={{ zIndex: 9, borderBottom: "1px solid #DAD2F4", flexShrink: 0 }}>
      <IconFlask size={16} />
      <Text size="sm" fw={500}>
        Synthetic demo data: no patient
      </Text>
    </Group>
  );
}
