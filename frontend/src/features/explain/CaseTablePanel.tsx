import { Anchor, Group, Text } from "@mantine/core";
import { Fragment } from "react";
import { Link } from "react-router";
import type { CaseLine, CaseLook, CaseTable } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { Code } from "@/ui/Code";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { Loading } from "@/ui/Loading";
import { Panel } from "@/ui/Panel";
import { StateMark } from "@/ui/StateMark";
import classes from "./CaseTablePanel.module.css";
import { explainPath } from "./places";
import { useCaseTable } from "./queries";
import { headOf, stateOf } from "./words";

/** Every value of a case; each opens its history. */
export function CaseTablePanel({ study, code }: { study: StudyCode; code: string }) {
  const table = useCaseTable(study, code);
  return (
    <>
      <Anchor component={Link} to={explainPath(study)} underline="hover" size="sm">← All cases</Anchor>
      {table.isPending && <Loading label="Opening the case" />}
      {table.isError && <ErrorNotice error={table.error} onRetry={() => table.refetch()} />}
      {table.data && <Values study={study} table={table.data} />}
    </>
  );
}

function Values({ study, table }: { study: StudyCode; table: CaseTable }) {
  const { mark, label } = stateOf(table.state);
  const about = (
    <Group gap={8} component="span">
      <Code>{table.code}</Code>
      <StateMark mark={mark} label={label} />
      <span>{label}. Open a value to see where it comes from; what readers differed on is tinted.</span>
    </Group>
  );
  return (
    <Panel flush title={table.subject || "Case"} description={about}>
      <Grid label="Values of the case">
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col"><Text span size="xs">Code</Text></th>
            {table.looks.map((look) => (
              <th key={look.code} scope="col" className={classes.value}>
                <Link className={classes.cell} to={explainPath(study, table.code, "reading", look.code)}>{headOf(look)}</Link>
              </th>
            ))}
            <th scope="col" className={classes.value}>Counts</th>
            <th scope="col">How</th>
          </tr>
        </thead>
        <tbody>
          <Part label="Sums and presence" study={study} table={table} lines={table.sums} />
          {table.regions.map((region) => <Part key={region.label} label={region.label} study={study} table={table} lines={region.lines} />)}
        </tbody>
      </Grid>
    </Panel>
  );
}

interface PartProps {
  label: string;
  study: StudyCode;
  table: CaseTable;
  lines: CaseLine[];
}

function Part({ label, study, table, lines }: PartProps) {
  return (
    <Fragment>
      <tr className={classes.region}><th scope="rowgroup" colSpan={table.looks.length + 4}>{label}</th></tr>
      {lines.map((line) => <Line key={line.what} line={line} looks={table.looks} to={(reading) => explainPath(study, table.code, line.what, reading)} />)}
    </Fragment>
  );
}

function Line({ line, looks, to }: { line: CaseLine; looks: CaseLook[]; to: (reading?: string) => string }) {
  return (
    <tr className={classes.line} data-disputed={line.is_disputed || undefined}>
      <th scope="row">{line.label}</th>
      <td><Code size="xs">{line.what}</Code></td>
      {looks.map((look, place) => (
        <td key={look.code} className={classes.value}>
          {line.values[place] ? <Link className={classes.cell} to={to(look.code)} aria-label={`${line.label}, ${headOf(look)}: ${line.values[place]}`}>{line.values[place]}</Link> : "–"}
        </td>
      ))}
      <td className={classes.value}>
        <Link className={`${classes.cell} ${classes.counts}`} to={to()} aria-label={`${line.label}, what counts: ${line.value || "nothing yet"}`}>{line.value || "–"}</Link>
      </td>
      <td className={classes.how}><Text size="sm" c="dimmed">{line.method_in_words}</Text></td>
    </tr>
  );
}
