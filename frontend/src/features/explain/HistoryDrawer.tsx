import { Button, CopyButton, Drawer, Group } from "@mantine/core";
import type { History } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { Code } from "@/ui/Code";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { DecisionCard } from "./DecisionCard";
import classes from "./HistoryDrawer.module.css";
import { PartsTable } from "./PartsTable";
import { ReadingCard } from "./ReadingCard";
import { Steps } from "./Steps";
import { explainPath } from "./places";
import { useHistory } from "./queries";
import { momentOf } from "./words";

interface Props {
  study: StudyCode;
  code: string;
  what: string;
  reading: string;
  onClose: () => void;
}

/** Where one value comes from, as a time line that prints. */
export function HistoryDrawer({ study, code, what, reading, onClose }: Props) {
  const history = useHistory(study, code, what, reading);
  return (
    <Drawer opened onClose={onClose} position="right" size={680} title={history.data?.label ?? what} closeButtonProps={{ "aria-label": "Close" }} styles={{ title: { fontWeight: 600 }, header: { paddingInline: 24 }, body: { padding: 0 } }}>
      {history.isPending && <Loading label="Opening the history" />}
      {history.isError && <ErrorNotice error={history.error} onRetry={() => history.refetch()} />}
      {history.data && <Told study={study} code={code} history={history.data} />}
    </Drawer>
  );
}

function Told({ study, code, history }: { study: StudyCode; code: string; history: History }) {
  return (
    <div className={classes.body} data-history>
      <Value study={study} code={code} history={history} />
      {history.parts.length > 0 && <PartsTable study={study} code={code} reading={history.reading} parts={history.parts} />}
      {history.decisions.length > 0 && (
        <section className={classes.part}>
          <h3>Decision</h3>
          {history.decisions.map((one) => <DecisionCard key={one.code} one={one} />)}
        </section>
      )}
      {history.readings.length > 0 && (
        <section className={classes.part}>
          <h3>{history.readings.length > 1 ? "What each reader said" : "What the reader said"}</h3>
          {history.readings.map((one) => <ReadingCard key={one.code} one={one} kind={history.kind} />)}
        </section>
      )}
      <Earlier history={history} />
      {history.steps.length > 0 && (
        <section className={classes.part}>
          <h3>{history.kind === "fact" ? "When it was entered" : "The case"}</h3>
          <Steps steps={history.steps} label="What happened to the case" {...(history.kind !== "fact" && { of: code })} />
        </section>
      )}
      <Rules history={history} />
    </div>
  );
}

function Value({ study, code, history }: { study: StudyCode; code: string; history: History }) {
  const address = `${window.location.origin}${explainPath(study, code, history.what, history.reading)}`;
  return (
    <section aria-label="The value">
      {history.kind !== "reading" && (
        <p style={{ margin: 0 }}>
          <span className={classes.value}>{history.value || "No value"}</span>
          {history.meaning && <span className={classes.muted}> {history.meaning}</span>}
        </p>
      )}
      {history.counting.map((sentence) => <p key={sentence} style={{ margin: "2px 0" }}>{sentence}</p>)}
      {history.column && <p className={classes.muted} style={{ margin: "6px 0 0" }}>Column {history.column}</p>}
      <Group gap={12} mt={8} justify="space-between">
        <span className={classes.muted}>Case <Code size="xs">{code}</Code> · <Code size="xs">{history.what}</Code>{history.reading && <> · reading <Code size="xs">{history.reading}</Code></>}</span>
        <Group gap={8} className={classes.screen}>
          <CopyButton value={address}>
            {({ copied, copy }) => <Button size="compact-sm" variant="default" onClick={copy}>{copied ? "Copied" : "Copy the link"}</Button>}
          </CopyButton>
          <Button size="compact-sm" variant="default" onClick={() => window.print()}>Print</Button>
        </Group>
      </Group>
    </section>
  );
}

/** What stood before something replaced it: listed, never hidden. */
function Earlier({ history: { earlier } }: { history: History }) {
  if (earlier.length === 0) return null;
  return (
    <section className={classes.part}>
      <h3>Superseded</h3>
      <ul className={classes.list} style={{ marginTop: 8 }}>
        {earlier.map((one) => (
          <li key={one.number}>
            Version {one.number} of the consensus: <span className={classes.change}>{one.value || "no value"}</span>, {one.method}.{" "}
            <span className={classes.muted}>Replaced {momentOf(one.superseded_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Rules({ history: { rule } }: { history: History }) {
  if (!rule) return null;
  return (
    <section className={classes.part}>
      <h3>Under which rules</h3>
      <ul className={classes.list} style={{ marginTop: 8 }}>
        <li>Charter version {rule.charter_version}, in force since {momentOf(rule.frozen_at)}<br /><span className={`${classes.muted} ${classes.hash}`}>SHA-256 {rule.charter_sha256}</span></li>
        <li>{rule.instrument_title}, {rule.instrument}<br /><span className={`${classes.muted} ${classes.hash}`}>SHA-256 {rule.instrument_sha256}</span></li>
      </ul>
    </section>
  );
}
