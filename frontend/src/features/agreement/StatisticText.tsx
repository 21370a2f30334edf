import { Text, Tooltip, UnstyledButton } from "@mantine/core";
import type { Statistic } from "@/api/types";
import classes from "./StatisticText.module.css";
import { type Scale, show } from "./statistic";

interface Props {
  statistic: Statistic;
  scale: Scale;
  /** The letter of the sentence under the table. */
  mark?: string;
  /** What else there is to say of this row. */
  remark?: string;
  /** Greyed although it is a number, for the reason under the mark. */
  isQuiet?: boolean;
  /** The pointer's way to the readings; the row's name is the keyboard's. */
  onOpen?: (() => void) | undefined;
}

/** One statistic in a table: the number, its interval, and the letter of what there is to say about it. */
export function StatisticText({ statistic, scale, mark = "", remark = "", isQuiet = false, onOpen }: Props) {
  const { estimate, interval, sentence, isMuted } = show(statistic, scale);
  const figure = (
    <>
      <Text span size="sm" fw={isMuted || isQuiet ? 400 : 600} c={isMuted || isQuiet ? "dimmed" : undefined}>{estimate ?? "–"}</Text>
      {mark && <sup className={classes.mark}>{mark}</sup>}
      {interval && <Text span size="xs" c="dimmed" className={classes.interval}> {interval}</Text>}
    </>
  );
  return (
    <Tooltip label={[statistic.method, sentence, remark].map((part) => part.replace(/\.$/, "")).filter(Boolean).join(". ")} multiline maw={380}>
      {onOpen ? <UnstyledButton className={classes.open} tabIndex={-1} onClick={onOpen}>{figure}</UnstyledButton> : <span className={classes.figure}>{figure}</span>}
    </Tooltip>
  );
}
