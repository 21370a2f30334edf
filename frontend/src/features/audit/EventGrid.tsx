import { Group, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import type { TrailEvent } from "@/api/types";
import { Code } from "@/ui/Code";
import { Grid } from "@/ui/Grid";
import { StateMark } from "@/ui/StateMark";
import classes from "./EventGrid.module.css";
import { actionInWords, STANDINGS, utc, who } from "./words";

/** Events, the newest first: who did what to what, from which value to which, and why. */
export function EventGrid({ events }: { events: TrailEvent[] }) {
  return (
    <Grid label="Audit trail">
      <thead>
        <tr>
          <th scope="col">No.</th>
          <th scope="col">Time</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col" style={{ width: "36%" }}>Before and after</th>
          <th scope="col">Reason</th>
          <th scope="col"><VisuallyHidden>Verified</VisuallyHidden></th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => <Row key={event.seq} event={event} />)}
      </tbody>
    </Grid>
  );
}

function Row({ event }: { event: TrailEvent }) {
  return (
    <tr className={classes.event}>
      <td><Tooltip label={`SHA-256 ${event.hash}`}><span>{event.seq}</span></Tooltip></td>
      <td className={classes.time}>{utc(event.at)}</td>
      <td>{who(event)}</td>
      <td><What event={event} /></td>
      <td>{event.is_withheld ? <Text size="sm" c="dimmed">Withheld</Text> : <Changes changes={event.changes} />}</td>
      <td className={classes.reason}>{event.reason}</td>
      <td><StateMark mark={event.is_verified ? "done" : "not started"} label={event.is_verified ? "Verified" : "Not verified yet"} /></td>
    </tr>
  );
}

function What({ event }: { event: TrailEvent }) {
  return (
    <>
      <Text size="sm" fw={500}>{actionInWords(event.action)}</Text>
      <Text size="sm" c="dimmed">{event.object_type} <Code>{event.object_key}</Code></Text>
      {event.signature && (
        <Group gap={6} wrap="nowrap" mt={4}>
          <StateMark {...STANDINGS[event.signature]} />
          <Text size="sm">{STANDINGS[event.signature].label}</Text>
        </Group>
      )}
    </>
  );
}

/** The old value beside the new one; a dash for nothing. */
function Changes({ changes }: { changes: TrailEvent["changes"] }) {
  if (changes.length === 0) return null;
  return (
    <dl className={classes.changes}>
      {changes.map(({ name, before, after }) => (
        <Change key={name} name={name} before={before} after={after} />
      ))}
    </dl>
  );
}

function Change({ name, before, after }: TrailEvent["changes"][number]) {
  return (
    <>
      <dt>{name || "value"}</dt>
      <dd className={classes.before}><VisuallyHidden>before: </VisuallyHidden>{before || "–"}</dd>
      <dd className={classes.after}><VisuallyHidden>after: </VisuallyHidden>{after || "–"}</dd>
    </>
  );
}
