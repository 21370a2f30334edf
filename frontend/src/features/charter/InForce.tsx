import { Anchor, Button, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import type { CharterVersion, PracticeSet } from "@/api/types";
import { formatTime } from "@/lib/format";
import type { StudyCode } from "@/lib/brand";
import { CopyLine } from "@/ui/CopyLine";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import { instrumentName, summary } from "./words";

export function printedPath(study: StudyCode, version: number): string {
  return `/api/studies/${study}/charter/${version}`;
}

interface InForceProps {
  study: StudyCode;
  version: CharterVersion;
  practiceSets: PracticeSet[];
  seedSha256: string | null;
  onAmend?: () => void;
}

/** The rules that are in force, and the two hashes that hold everybody to them. */
export function InForce({ study, version, practiceSets, seedSha256, onAmend }: InForceProps) {
  return (
    <Panel
      title={`Version ${version.version}, in force`}
      description={`Since ${formatTime(version.frozen_at)}, by ${version.frozen_by}`}
      actions={
        <Group gap={8} wrap="nowrap">
          <Button component="a" href={printedPath(study, version.version)} target="_blank" rel="noreferrer" variant="default" size="xs">Print</Button>
          {onAmend && <Button variant="default" size="xs" onClick={onAmend}>Amend</Button>}
        </Group>
      }
    >
      <Stack gap={20}>
        <RuleList version={version} practiceSets={practiceSets} />
        <Hash label="SHA-256 of this charter" value={version.sha256} />
        {seedSha256 && <Hash label="SHA-256 of the seed of every assignment, published before reading" value={seedSha256} />}
      </Stack>
    </Panel>
  );
}

/** What a coordinator works on, for those who watch. */
export function Proposed({ version, practiceSets, isFirst }: { version: CharterVersion; practiceSets: PracticeSet[]; isFirst: boolean }) {
  return (
    <Panel
      title={isFirst ? "A draft" : `Draft of version ${version.version}`}
      description={isFirst ? "The coordinator has not opened this study for reading yet. These rules can still change." : "An amendment that is not in force. These rules can still change."}
    >
      <RuleList version={version} practiceSets={practiceSets} />
    </Panel>
  );
}

function RuleList({ version, practiceSets }: { version: CharterVersion; practiceSets: PracticeSet[] }) {
  return (
    <dl style={{ display: "grid", gridTemplateColumns: "minmax(140px, 200px) 1fr", gap: "8px 24px", margin: 0 }}>
      <Row label="Instrument" value={instrumentName(version.instrument)} />
      {summary(version.rules, practiceSets).map((line) => <Row key={line.label} {...line} />)}
      {version.reason && <Row label="Reason of this version" value={version.reason} />}
    </dl>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">{label}</Text>
      <Text component="dd" m={0}>{value}</Text>
    </>
  );
}

function Hash({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <Text size="sm" c="dimmed" mb={4}>{label}</Text>
      <CopyLine value={value} label={`Copy: ${label}`} />
    </div>
  );
}

/** What was in force before. */
export function Earlier({ study, versions }: { study: StudyCode; versions: CharterVersion[] }) {
  return (
    <Panel flush title="Earlier versions" description="Readings keep the version they were made under.">
      <Grid label="Earlier versions">
        <thead>
          <tr><th scope="col">Version</th><th scope="col">In force since</th><th scope="col">By</th><th scope="col">Reason</th><th scope="col"><VisuallyHidden>Printable</VisuallyHidden></th></tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version}>
              <td>{version.version}</td>
              <td>{formatTime(version.frozen_at)}</td>
              <td>{version.frozen_by}</td>
              <td>{version.reason || "–"}</td>
              <td><Anchor href={printedPath(study, version.version)} target="_blank" rel="noreferrer" size="sm" underline="always">Print</Anchor></td>
            </tr>
          ))}
        </tbody>
      </Grid>
    </Panel>
  );
}
