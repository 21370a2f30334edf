import { Select, SimpleGrid } from "@mantine/core";
import { useSearchParams } from "react-router";
import type { SumAgreement } from "@/api/types";
import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { ofCases } from "./behind";
import { Against } from "./figures/Against";
import { BlandAltman } from "./figures/BlandAltman";
import { LimitsGrid } from "./LimitsGrid";
import type { PartProps } from "./Report";
import { StatisticsGrid } from "./StatisticsGrid";

/** Sums of grades: how far two readers' totals agree, and by how much they differ. */
export function Totals({ report, onOpen }: PartProps) {
  const [search, setSearch] = useSearchParams();
  const all = [...report.sums, ...report.subtotals];
  const chosen = all.find(({ code }) => code === search.get("sum")) ?? all[0];
  if (!chosen) return <Panel><Empty title="No sums">The instrument adds nothing up.</Empty></Panel>;
  const open = () => onOpen({ what: chosen.code });
  const pick = (cases: string[]) => onOpen(ofCases(chosen.code, cases));
  const choose = (code: string | null) => setSearch({ tab: "totals", ...(code && code !== all[0]?.code ? { sum: code } : {}) }, { replace: true });
  return (
    <>
      <Panel flush title="Sums" description="Of the instrument, and of each region.">
        <StatisticsGrid label="Agreement of sums" head="Sum" rows={all.map(rowOf)} onOpen={onOpen} />
      </Panel>
      <Select label="Sum in the figures" w={280} allowDeselect={false} data={all.map(({ code, label }) => ({ value: code, label }))} value={chosen.code} onChange={choose} />
      <SimpleGrid cols={{ base: 1, lg: chosen.bland_altman ? 2 : 1 }} spacing={24}>
        {chosen.bland_altman && <BlandAltman sum={chosen} limits={chosen.bland_altman} onOpen={open} onPick={pick} />}
        <Against sum={chosen} isCrossed={report.design.kind === "crossed"} onOpen={open} onPick={pick} />
      </SimpleGrid>
      <LimitsGrid sums={all} onOpen={onOpen} />
    </>
  );
}

const rowOf = ({ code, label, highest, n_pairs, n_excluded, statistics }: SumAgreement) => ({
  key: code, label: `${label}, 0 to ${highest}`, n: n_pairs, nExcluded: n_excluded, statistics, ask: { what: code },
});
