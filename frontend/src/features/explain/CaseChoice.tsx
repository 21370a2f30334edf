import { Anchor, Button, Group, Pagination, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { ExplainableCase } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { count } from "@/lib/format";
import { Code } from "@/ui/Code";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { IconHistory } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Panel } from "@/ui/Panel";
import { StateMark } from "@/ui/StateMark";
import { explainPath, targetOf } from "./places";
import { useExplainableCases } from "./queries";
import { methodsOf, stateOf } from "./words";

/** Choose a case, or paste what a file calls it: a code, a code and an item, or a whole row. */
export function CaseChoice({ study }: { study: StudyCode }) {
  const [asked, setAsked] = useSearchParams();
  const search = asked.get("search") ?? "";
  const page = Number(asked.get("page") ?? 1) || 1;
  const cases = useExplainableCases(study, search, page);
  const find = (text: string) => setAsked(text.trim() ? { search: text.trim() } : {});
  if (cases.isPending) return <Loading label="Opening the cases" />;
  if (cases.isError) return <ErrorNotice error={cases.error} onRetry={() => cases.refetch()} />;
  const { data } = cases;
  if (data.withheld) return <Panel><Empty title="Not shown yet" icon={<IconHistory size={32} />}>{data.withheld} Until then no single reading is shown.</Empty></Panel>;
  const target = targetOf(study, search, data);
  return (
    <>
      <Finder key={search} search={search} onFind={find} {...(target && !cases.isPlaceholderData && { target })} />
      <Panel flush title="Cases" description={search ? `${count(data.count, "case fits", "cases fit")} “${search.slice(0, 80)}”.` : count(data.count, "case")}>
        {data.cases.length === 0 ? <Empty title="No such case">No case, reading, adjudication or participant of this study is called that.</Empty> : <CaseGrid study={study} cases={data.cases} what={data.what} />}
        {data.pages > 1 && (
          <Group justify="center" p="sm">
            <Pagination size="sm" total={data.pages} value={data.page} onChange={(next) => setAsked({ ...(search && { search }), page: String(next) })} getControlProps={(control) => ({ "aria-label": control === "next" ? "Next page" : "Page before" })} />
          </Group>
        )}
      </Panel>
    </>
  );
}

/** What was pasted is looked for; where it names one case, the way there is offered at once. */
function Finder({ search, onFind, target }: { search: string; onFind: (text: string) => void; target?: string }) {
  const [text, setText] = useState(search);
  const navigate = useNavigate();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (target && text.trim() === search) navigate(target);
    else onFind(text);
  };
  return (
    <form onSubmit={send} role="search">
      <Group gap={8} align="flex-end" wrap="nowrap">
        <TextInput
          label="Case, or a cell of a file" description="A code of a case, reading or adjudication, with an item or a column: or a whole row, as it is in the file."
          placeholder="K7QX2M9PTR4W VB_C4" value={text} onChange={(event) => setText(event.currentTarget.value)} style={{ flex: 1 }} maxLength={2000} autoFocus
        />
        <Button type="submit" variant={target ? "default" : "filled"}>Find</Button>
        {target && <Button component={Link} to={target}>Open it</Button>}
      </Group>
    </form>
  );
}

function CaseGrid({ study, cases, what }: { study: StudyCode; cases: ExplainableCase[]; what: string }) {
  return (
    <Grid label="Cases">
      <thead>
        <tr>
          <th scope="col">Participant</th>
          <th scope="col">Case</th>
          <th scope="col">State</th>
          <th scope="col" style={{ textAlign: "right" }}>Readings signed</th>
          <th scope="col">Items by method</th>
        </tr>
      </thead>
      <tbody>
        {cases.map((one) => {
          const { mark, label } = stateOf(one.state);
          return (
            <tr key={one.code}>
              <th scope="row">{one.subject || "–"}</th>
              <td style={{ whiteSpace: "nowrap" }}><Anchor component={Link} to={explainPath(study, one.code, what)} underline="hover"><Code>{one.code}</Code></Anchor></td>
              <td><Group gap={8} wrap="nowrap"><StateMark mark={mark} label={label} /><Text size="sm" style={{ whiteSpace: "nowrap" }}>{label}</Text></Group></td>
              <td style={{ textAlign: "right" }}>{one.n_signed}</td>
              <td><Text size="sm" c="dimmed">{methodsOf(one) || "–"}</Text></td>
            </tr>
          );
        })}
      </tbody>
    </Grid>
  );
}
