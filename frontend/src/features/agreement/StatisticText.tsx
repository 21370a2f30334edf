import { Text, Tooltip } from "@mantine/core";
import type { Statistic } from "@/api/types";
import { type Scale, show } from "./statistic";

/** One statistic: the number with its interval, or the sentence that says why there is none. */
export function StatisticText({ statistic, scale }: { statistic: Statistic; scale: Scale }) {
  const { estimate, interval, sentence, isMuted } = show(statistic, scale);
  if (isMuted) return <Text size="sm" c="dimmed">{estimate && `${estimate} `}{sentence}</Text>;
  return (
    <Tooltip label={[statistic.method, sentence].filter(Boolean).join(". ")} multiline maw={360}>
      <Text size="sm" style={{ whiteSpace: "nowrap" }}>
        <Text span fw={600} size="sm">{estimate}</Text>
        {interval && <Text span c="dimmed" size="sm"> ({interval})</Text>}
      </Text>
    </Tooltip>
  );
}
