import { Group, Text } from "@mantine/core";
import type { AgreementReport } from "@/api/types";
import { count, formatTime } from "@/lib/format";

/** What the report is of: when, how many, who read what and which model follows from it, and who R1 and R2 are. */
export function Head({ report: { computed_at, is_current, n_cases, design, readers } }: { report: AgreementReport }) {
  return (
    <div>
      <Text c="dimmed" maw={900}>Computed {formatTime(computed_at)} from {count(n_cases, "case")}. {design.sentence}</Text>
      {!is_current && <Text mt={4} fw={600} role="status">Something was signed or entered since then. The report is computed again within a minute.</Text>}
      {readers.length > 0 && (
        <Group component="dl" gap={20} mt={8} mb={0} aria-label="Readers">
          {readers.map(({ name, full_name }) => (
            <Group key={name} gap={6} wrap="nowrap">
              <Text component="dt" size="sm" fw={600}>{name}</Text>
              <Text component="dd" size="sm" m={0}>{full_name}</Text>
            </Group>
          ))}
        </Group>
      )}
    </div>
  );
}
