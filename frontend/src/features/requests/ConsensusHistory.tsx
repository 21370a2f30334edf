import { Button, List, Loader } from "@mantine/core";
import { useState } from "react";
import type { CaseCode } from "@/lib/brand";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { useConsensusHistory } from "./queries";
import { lineOf } from "./history";

/** The versions of a case's consensus, on demand: when, why, and how it came about; never a value. */
export function ConsensusHistory({ code }: { code: CaseCode }) {
  const [isOpen, setOpen] = useState(false);
  const history = useConsensusHistory(code, isOpen);
  if (!isOpen) return <Button variant="subtle" size="compact-xs" mt={6} onClick={() => setOpen(true)}>Versions of the consensus</Button>;
  if (history.isError) return <ErrorNotice error={history.error} onRetry={() => history.refetch()} />;
  if (!history.data) return <Loader size="xs" mt={6} />;
  return (
    <List type="ordered" size="sm" mt={6} spacing={4} aria-label="Versions of the consensus">
      {history.data.map((one) => <List.Item key={one.number}>{lineOf(one)}</List.Item>)}
    </List>
  );
}
