import { Badge, Button, Group, Text, VisuallyHidden } from "@mantine/core";
import type { Progress, ReaderLoad } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import classes from "./LoadPanel.module.css";
import { finishOf, heldOf, leftOf, paceOf } from "./load";

interface Props {
  progress: Progress;
  about: string;
  /** Who was asked to be reminded on this page, and what is said of it. */
  reminded: Record<string, string>;
  error: unknown;
  isBusy: boolean;
  onRemind?: (username: string) => void;
}

/** What each reader has done and has before them. Their own pages never show any of it. */
export function LoadPanel({ progress, about, reminded, error, isBusy, onRemind }: Props) {
  return (
    <Panel flush title="Readers" description={about}>
      {error != null && <div style={{ padding: "0 20px 12px" }}><ErrorNotice error={error} /></div>}
      <Grid label="Load of each reader">
        <thead>
          <tr>
            <th scope="col">Reader</th>
            <th scope="col" style={{ width: "22%" }}><VisuallyHidden>Progress</VisuallyHidden></th>
            {["Not begun", "Begun", "Signed"].map((head) => <th key={head} scope="col" className={classes.number}>{head}</th>)}
            <th scope="col" className={classes.number}>Pace</th>
            <th scope="col" className={classes.number}>Finishes</th>
            <th scope="col" style={{ width: 180 }}><VisuallyHidden>Remind</VisuallyHidden></th>
          </tr>
        </thead>
        <tbody>
          {progress.readers.map((load) => (
            <tr key={load.username}>
              <th scope="row"><Name load={load} /></th>
              <td><Bar load={load} /></td>
              <td className={classes.number}>{load.assigned}</td>
              <td className={classes.number}>{load.started}</td>
              <td className={classes.number}>{load.signed}</td>
              <td className={classes.number}>{paceOf(load)}</td>
              <td className={classes.number}>{finishOf(load)}</td>
              <td className={classes.number}>
                {reminded[load.username] ? <Text size="sm" c="dimmed" role="status">{reminded[load.username]}</Text> : onRemind && leftOf(load) > 0 && (
                  <Button variant="default" size="compact-sm" disabled={isBusy} onClick={() => onRemind(load.username)} aria-label={`Remind ${load.full_name}`}>Remind</Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Grid>
    </Panel>
  );
}

function Name({ load }: { load: ReaderLoad }) {
  return (
    <Group gap={8} wrap="nowrap">
      <Text fw={500} size="sm">{load.full_name}</Text>
      {load.is_away && <Badge size="sm" variant="light" color="gray" tt="none" fw={500}>Away</Badge>}
    </Group>
  );
}

/** Signed, begun and not begun as lengths; the numbers stand beside it. */
function Bar({ load }: { load: ReaderLoad }) {
  const whole = heldOf(load);
  if (whole === 0) return null;
  return (
    <div className={classes.bar} aria-hidden="true">
      <span data-part="signed" style={{ width: `${(100 * load.signed) / whole}%` }} />
      <span data-part="started" style={{ width: `${(100 * load.started) / whole}%` }} />
    </div>
  );
}
