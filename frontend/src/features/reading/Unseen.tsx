import { Alert, Anchor, Group, Text } from "@mantine/core";
import type { Review } from "@/api/types";
import { IconAlert } from "@/ui/icons";

/** It may be right to sign all the same; it is said first, by name. */
export function Unseen({ unseen, onShow }: { unseen: Review["unseen"]; onShow: (series: number) => void }) {
  if (unseen.length === 0) return null;
  return (
    <Alert color="orange" variant="light" icon={<IconAlert />} title="Not every slice was shown" role="alert" data-testid="unseen">
      {unseen.map(({ series, label, n_unseen, n_slices }) => (
        <Group key={series} gap={12}>
          <Text size="sm">{label}: {n_unseen} of {n_slices} slices {n_unseen === 1 ? "was" : "were"} never shown</Text>
          <Anchor component="button" type="button" size="sm" c="var(--mantine-color-text)" td="underline" onClick={() => onShow(series)} aria-label={`Show the slices of ${label}`}>
            Show {n_unseen === 1 ? "it" : "them"}
          </Anchor>
        </Group>
      ))}
    </Alert>
  );
}
