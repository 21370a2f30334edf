import { List, Text } from "@mantine/core";
import type { Notes } from "./notes";

interface Props {
  notes?: Notes;
  /** How each column was computed. */
  methods: { label: string; method: string }[];
}

/** Under a table: what the letters stand for, and how the numbers were computed. */
export function Footnotes({ notes, methods }: Props) {
  return (
    <div style={{ padding: "12px 20px 16px", borderTop: "1px solid var(--dens-border)" }}>
      {notes?.sentences.map(([mark, sentence]) => (
        <Text key={mark} size="xs" c="dimmed"><Text span size="xs" fw={600}>{mark}</Text> {sentence}</Text>
      ))}
      <details>
        <Text component="summary" size="xs" c="dimmed" fw={600} mt={notes && notes.sentences.length > 0 ? 8 : 0} style={{ cursor: "pointer" }}>Methods</Text>
        <List size="xs" c="dimmed" mt={4} spacing={0} listStyleType="none">
          {methods.map(({ label, method }) => <List.Item key={`${label} ${method}`}>{label}: {method}.</List.Item>)}
        </List>
      </details>
    </div>
  );
}
