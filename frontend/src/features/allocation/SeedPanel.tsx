import { Button, Code as Inline, Stack, Text } from "@mantine/core";
import { studyUrl, useStudyCode } from "@/api/studies";
import { CopyLine } from "@/ui/CopyLine";
import { IconDownload } from "@/ui/icons";
import { Panel } from "@/ui/Panel";

interface Props {
  seedSha256: string;
  /** Once the study is locked. */
  seed: string | null;
  nRuns: number;
}

/** What holds the draw to its word: the hash before, the seed afterwards, and how to rebuild every draw. */
export function SeedPanel({ seedSha256, seed, nRuns }: Props) {
  const study = useStudyCode();
  return (
    <Panel
      title="The seed" description={seed ? "The study was locked, so the seed is open, and stays so. Every draw follows from it." : "Every draw follows from one secret seed. Its hash was published before reading started; the seed is sealed until the study is locked."}
      actions={nRuns > 0 && (
        <Button component="a" href={studyUrl(study, "/allocation/manifests")} download={`allocation-${study}.json`} variant="default" size="compact-sm" leftSection={<IconDownload size={14} />} style={{ flexShrink: 0 }}>
          Download manifests
        </Button>
      )}
    >
      <Stack gap={12}>
        <div>
          <Text size="sm" c="dimmed" mb={4}>SHA-256 of the seed</Text>
          <CopyLine value={seedSha256} label="Copy the hash of the seed" />
        </div>
        {seed && (
          <div>
            <Text size="sm" c="dimmed" mb={4}>Seed</Text>
            <CopyLine value={seed} label="Copy the seed" />
          </div>
        )}
        {nRuns > 0 && (
          <Text size="sm" c="dimmed">
            The manifests hold what each draw went by and what came out of it. <Inline>manage.py verify_allocation FILE</Inline> checks them, and so
            does <Inline>python3 docs/verify_allocation.py FILE</Inline>, which needs nothing but Python, for whoever does not want to take Dens' word for it.{" "}
            {seed ? "Each draw is rebuilt bit for bit." : "While the seed is sealed they check each plan against its rules and its hash; once it is open, each draw is rebuilt bit for bit."}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}
