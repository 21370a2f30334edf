import { Text } from "@mantine/core";
import type { CharterVersion, InstrumentLine, PracticeSet } from "@/api/types";
import type { Draft } from "./queries";
import classes from "./Section.module.css";
import { changes, instrumentName } from "./words";

interface Props {
  before: CharterVersion;
  after: Draft;
  instruments: InstrumentLine[];
  practiceSets: PracticeSet[];
}

/** What an amendment changes, each rule as it was and as it will be. */
export function Changes({ before, after, instruments, practiceSets }: Props) {
  const chosen = instruments.find((one) => one.reference === after.instrument) ?? before.instrument;
  const lines = changes(
    { instrument: instrumentName(before.instrument), rules: before.rules, practiceSets },
    { instrument: instrumentName(chosen), rules: after.rules, practiceSets },
  );
  if (lines.length === 0) return <Text size="sm" c="dimmed">Nothing is changed yet.</Text>;
  return (
    <dl className={classes.changes} aria-label="What changes">
      {lines.map(({ label, was, value }) => (
        <ChangedRule key={label} label={label} was={was} value={value} />
      ))}
    </dl>
  );
}

function ChangedRule({ label, was, value }: { label: string; was: string; value: string }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">{label}</Text>
      <dd>
        <Text size="sm" c="dimmed" component="del" display="block">{was}</Text>
        <Text size="sm" fw={500} component="ins" td="none" display="block">{value}</Text>
      </dd>
    </>
  );
}
