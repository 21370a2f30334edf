import { Text } from "@mantine/core";
import type { Test } from "@/api/types";
import { pOf } from "./pvalue";

/** A p and what there is to say about it, or in grey why there is none. */
export function PText({ test }: { test: Test }) {
  const { text, isMuted } = pOf(test);
  return (
    <>
      <Text size="sm" c={isMuted ? "dimmed" : undefined}>{text}</Text>
      {test.p !== null && test.sentence && <Text size="xs" c="dimmed">{test.sentence}</Text>}
    </>
  );
}
