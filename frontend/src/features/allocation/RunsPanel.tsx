import { Tooltip } from "@mantine/core";
import type { AllocationRun } from "@/api/types";
import { formatTime } from "@/lib/format";
import { Code } from "@/ui/Code";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";

export function RunsPanel({ runs }: { runs: AllocationRun[] }) {
  return (
    <Panel flush title="Earlier draws" description="What makes each draw repeatable.">
      <Grid label="Earlier draws">
        <thead>
          <tr>
            <th scope="col">Made</th>
            <th scope="col">By</th>
            <th scope="col" style={{ textAlign: "right" }}>Cases</th>
            <th scope="col" style={{ textAlign: "right" }}>Readings</th>
            <th scope="col">Run</th>
            <th scope="col">Plan (SHA-256)</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.run}>
              <td style={{ whiteSpace: "nowrap" }}>{formatTime(run.made_at)}</td>
              <td>{run.made_by}</td>
              <td style={{ textAlign: "right" }}>{run.n_cases}</td>
              <td style={{ textAlign: "right" }}>{run.n_readings}</td>
              <td>{run.run}</td>
              <td><Tooltip label={run.plan_sha256}><span><Code>{`${run.plan_sha256.slice(0, 12)}…`}</Code></span></Tooltip></td>
            </tr>
          ))}
        </tbody>
      </Grid>
    </Panel>
  );
}
