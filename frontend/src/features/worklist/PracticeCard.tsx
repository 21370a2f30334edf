import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { PracticeStanding } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { IconArrowRight } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import classes from "./PracticeCard.module.css";
import { actionOf, casesWords, kappaWords, practiceAdvice } from "./practice";

interface Props {
  title: string;
  standing: PracticeStanding;
  isBusy: boolean;
  error: unknown;
  onBegin: () => void;
}

/** A study that wants practice first: how far one has come, and the way on. */
export function PracticeCard({ title, standing, isBusy, error, onBegin }: Props) {
  return (
    <Panel
      title={`Practice first: ${title}`} description={practiceAdvice(standing)}
      actions={!standing.is_open && <Button size="md" loading={isBusy} onClick={onBegin} rightSection={<IconArrowRight />} style={{ flexShrink: 0 }}>{actionOf(standing)}</Button>}
    >
      <Stack gap={16}>
        {error != null && <ErrorNotice error={error} />}
        <Group gap={40} align="flex-start">
          <Told label="Cases counted">{casesWords(standing)}</Told>
          <Told label="Kappa with the reference">
            {kappaWords(standing)}
            <KappaBar standing={standing} />
          </Told>
          {standing.n_items > 0 && <Told label="Sites equal">{standing.n_equal} of {standing.n_items}</Told>}
        </Group>
      </Stack>
    </Panel>
  );
}

function Told({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Text size="sm" c="dimmed">{label}</Text>
      <Text component="div" fw={500} style={{ fontVariantNumeric: "tabular-nums" }}>{children}</Text>
    </div>
  );
}

/** Kappa from 0 to 1 as a length, and the target as a mark on it; the numbers stand above. */
function KappaBar({ standing: { kappa, target } }: { standing: PracticeStanding }) {
  return (
    <div className={classes.bar} aria-hidden="true">
      <span style={{ width: `${100 * Math.max(0, kappa ?? 0)}%` }} data-reached={(kappa !== null && kappa >= target) || undefined} />
      <i style={{ left: `${100 * target}%` }} />
    </div>
  );
}
