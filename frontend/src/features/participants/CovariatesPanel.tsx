import { Box, Button, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Covariates } from "@/api/types";
import { count, formatTime } from "@/lib/format";
import { Code } from "@/ui/Code";
import { Empty } from "@/ui/Empty";
import { IconDownload, IconTable } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import { CovariatesGrid } from "./CovariatesGrid";

interface Props {
  covariates: Covariates;
  onDownload: () => void;
}

/** What is known of the study's participants, and of whom nothing is. */
export function CovariatesPanel({ covariates, onDownload }: Props) {
  const { version, entered_at, entered_by, rows, without } = covariates;
  if (rows.length + without.length === 0) return <Panel><Nothing title="No participants yet">They appear here as soon as images are imported.</Nothing></Panel>;
  return (
    <Panel
      flush title="Clinical covariates" description={version > 0 ? `Version ${version}, entered by ${entered_by} on ${formatTime(entered_at)}.` : "Nothing was entered yet."}
      actions={
        <Button variant="default" size="compact-sm" leftSection={<IconDownload size={14} />} onClick={onDownload} style={{ flexShrink: 0 }}>
          {version > 0 ? "Download as CSV" : "Download a table to fill in"}
        </Button>
      }
    >
      {version > 0 ? <CovariatesGrid {...covariates} /> : <Nothing title="No table yet">A table of covariates is entered as a whole. The download has a line for every participant.</Nothing>}
      {without.length > 0 && <Without names={without} />}
    </Panel>
  );
}

function Nothing({ title, children }: { title: string; children: ReactNode }) {
  return <Empty title={title} icon={<IconTable size={32} />}>{children}</Empty>;
}

/** A page is no place for a thousand names: the download has them all. */
const MOST_NAMES = 60;

function Without({ names }: { names: string[] }) {
  const nMore = names.length - MOST_NAMES;
  return (
    <Box px={20} py={16} style={{ borderTop: "1px solid var(--dens-border)" }}>
      <Text size="sm" fw={500}>Nothing is known of {count(names.length, "participant")}</Text>
      <ul aria-label="Participants without covariates" style={{ display: "flex", flexWrap: "wrap", gap: "4px 20px", margin: "6px 0 0", padding: 0, listStyle: "none" }}>
        {names.slice(0, MOST_NAMES).map((name) => <li key={name}><Code>{name}</Code></li>)}
        {nMore > 0 && <li><Text span size="sm" c="dimmed">and {nMore.toLocaleString("en-GB")} more, in the download</Text></li>}
      </ul>
    </Box>
  );
}
