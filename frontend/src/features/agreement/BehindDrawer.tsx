import { Anchor, Drawer, Text } from "@mantine/core";
import { Link } from "react-router";
import { useMayDo, useStudyCode } from "@/api/studies";
import type { BehindRow } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { count } from "@/lib/format";
import { useShown } from "@/lib/useShown";
import { Code } from "@/ui/Code";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { Loading } from "@/ui/Loading";
import { type Ask, differenceOf, gapOf, rowsOf, valueOf } from "./behind";
import classes from "./BehindDrawer.module.css";
import { useBehind } from "./queries";

interface Props {
  study: StudyCode;
  /** Of the report: the hash of what it was computed from. */
  inputs: string;
  ask: Ask;
  isYesOrNo: boolean;
  onClose: () => void;
}

/** The readings behind a number: what each reader said, and what counts. */
export function BehindDrawer({ study, inputs, ask, isYesOrNo, onClose }: Props) {
  const behind = useBehind(study, ask.what, inputs);
  return (
    <Drawer opened onClose={onClose} position="right" size={560} title={behind.data?.label ?? "Readings"} closeButtonProps={{ "aria-label": "Close" }} styles={{ title: { fontWeight: 600 }, header: { paddingInline: 20 }, body: { padding: 0 } }}>
      {behind.isPending && <Loading label="Opening the readings" />}
      {behind.isError && <ErrorNotice error={behind.error} onRetry={() => behind.refetch()} />}
      {behind.data && !behind.data.is_current && (
        <Text px={20} pb={12} size="sm" fw={600} role="status">
          Something was signed or entered since the report was computed: these readings are newer than its numbers.
        </Text>
      )}
      {behind.data && <Rows rows={rowsOf(behind.data, ask)} only={ask.only} isYesOrNo={isYesOrNo} />}
    </Drawer>
  );
}

function Rows({ rows, only, isYesOrNo }: { rows: BehindRow[]; only: string | undefined; isYesOrNo: boolean }) {
  const { shown, hidden, showMore } = useShown(rows);
  if (rows.length === 0) return <Empty title="No readings">Nothing was read that fits.</Empty>;
  const nApart = rows.filter((row) => (gapOf(row) ?? 0) > 0).length;
  const readers = rows.every((row) => row.readers.join() === rows[0]?.readers.join()) ? rows[0]?.readers : undefined;
  const [one, other] = rows[0]?.is_repeat ? ["First", "Again"] : (readers ?? ["One reader", "The other"]);
  return (
    <>
      <Text px={20} pb={12} size="sm" c="dimmed">
        {count(rows.length, "case")}{only && `, ${only}`}. {nApart === 0 ? "None differs." : `${nApart} ${nApart === 1 ? "differs" : "differ"}; the largest difference comes first.`}
      </Text>
      <Grid label="Readings behind the number" hidden={hidden} onMore={showMore}>
        <thead>
          <tr>
            <th scope="col">Participant</th>
            <th scope="col">Case</th>
            {[one, other, "Counts"].map((head) => <th key={head} scope="col" className={classes.value}>{head}</th>)}
            <th scope="col">Difference</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => <Line key={`${row.case} ${row.readers.join()} ${row.is_repeat}`} row={row} isYesOrNo={isYesOrNo} isNamed={readers !== undefined} />)}
        </tbody>
      </Grid>
    </>
  );
}

/** Where readers differ from row to row, each value bears its reader's name. */
function Line({ row, isYesOrNo, isNamed }: { row: BehindRow; isYesOrNo: boolean; isNamed: boolean }) {
  const isApart = (gapOf(row) ?? 0) > 0;
  return (
    <tr data-apart={isApart || undefined} className={classes.line}>
      <th scope="row">{row.subject || "–"}</th>
      <td><CaseCode code={row.case} /></td>
      {[0, 1].map((side) => (
        <td key={side} className={classes.value}>
          {!isNamed && <Text span size="xs" c="dimmed">{row.readers[side]} </Text>}{valueOf(row.values[side], isYesOrNo)}
        </td>
      ))}
      <td className={classes.value}>{valueOf(row.final, isYesOrNo)}</td>
      <td style={{ whiteSpace: "nowrap" }}><Text size="sm" fw={isApart ? 600 : 400} c={isApart ? undefined : "dimmed"}>{differenceOf(row, isYesOrNo)}</Text></td>
    </tr>
  );
}

/** To who may see it, the way to where each value of the case comes from. */
function CaseCode({ code }: { code: string }) {
  const study = useStudyCode();
  const mayExplain = useMayDo("export");
  if (!mayExplain) return <Code>{code}</Code>;
  return <Anchor component={Link} to={`/studies/${study}/explain/${code}`} underline="hover"><Code>{code}</Code></Anchor>;
}
