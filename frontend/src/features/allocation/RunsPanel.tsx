import type { AllocationRun } from "@/api/types";
import { formatTime } from "@/lib/format";
import { CopyLine } from "@/ui/CopyLine";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";

export function RunsPanel({ runs }: { runs: AllocationRun[] }) {
  return (
    <Panel flush title="Earlier draws" description="The same cases, readers and seed give the same plan again, bit for bit.">
      <Grid label="Earlier draws">
        <thead>
          <tr>
            <th scope="col" style={{ width: 70 }}>Run</th>
            <th scope="col">Made</th>
            <th scope="col">By</th>
            <th scope="col" style={{ textAlign: "right" }}>Cases</th>
            <th scope="col" style={{ textAlign: "right" }}>Readings</th>
            <th scope="col">Plan (SHA-256)</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.run}>
              <td>{run.run}</td>
              <td style={{ whiteSpace: "nowrap" }}>{formatTime(run.made_at)}</td>
              <td>{run.made_by}</td>
              <td style={{ textAlign: "right" }}>{run.n_cases}</td>
              <td style={{ textAlign: "right" }}>{run.n_readings}</td>
              <td><CopyLine value={run.plan_sha256} shown={`${run.plan_sha256.slice(0, 12)}…`} label={`Copy the hash of the plan of run ${run.run}`} /></td>
            </tr>
          ))}
        </tbody>
      </Grid>
    </Panel>
  );
}
