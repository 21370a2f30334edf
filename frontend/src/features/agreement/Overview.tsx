import { SimpleGrid, UnstyledButton } from "@mantine/core";
import type { AgreementReport } from "@/api/types";
import { Figure } from "@/ui/Figure";
import type { Ask } from "./behind";
import { ofCases } from "./behind";
import { Against } from "./figures/Against";
import { HeatMap } from "./figures/HeatMap";
import type { PartProps } from "./Report";
import { percent, reliability, show } from "./statistic";
import { pooled, regionNamer } from "./words";

/** The message at one look: the total, the sites, and how often it took a third opinion. */
export function Overview({ report, onOpen }: PartProps) {
  const total = report.sums[0];
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 3 }} spacing={24}>
        <TotalCard report={report} onOpen={onOpen} />
        <PercentCard report={report} />
        <RateCard report={report} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing={24}>
        <HeatMap items={report.items} labelOf={regionNamer(report)} onOpen={(what) => onOpen({ what })} />
        {total && <Against sum={total} isCrossed={report.design.kind === "crossed"} onOpen={() => onOpen({ what: total.code })} onPick={(cases) => onOpen(ofCases(total.code, cases))} />}
      </SimpleGrid>
    </>
  );
}

function TotalCard({ report: { sums: [total] }, onOpen }: { report: AgreementReport; onOpen: (ask: Ask) => void }) {
  const icc = total?.statistics.icc;
  if (!total || !icc) return <Figure label="ICC" value="–" note="There is no sum to compare." />;
  const { estimate, interval, sentence, isMuted } = show(icc, "coefficient");
  const word = reliability(icc);
  const value = <UnstyledButton fz="inherit" fw="inherit" c={isMuted ? "dimmed" : undefined} aria-label={`ICC ${estimate ?? ""}: show the readings`} onClick={() => onOpen({ what: total.code })}>{estimate ?? "–"}</UnstyledButton>;
  const note = [interval && `95 % interval ${interval}`, word && `${word} by the interval (Koo and Li)`, sentence].filter(Boolean).join("; ");
  return <Figure label={`ICC of the ${total.label.toLowerCase()} of ${total.n_pairs} pairs`} value={value} note={note} />;
}

function PercentCard({ report }: { report: AgreementReport }) {
  const { equal, n } = pooled(report.items);
  return <Figure label="Percent agreement, all graded sites" value={n > 0 ? `${percent(equal / n)} %` : "–"} note={n > 0 ? `${equal} of ${n} pairs of grades equal; intervals: By site` : "No pair of grades yet."} />;
}

function RateCard({ report: { adjudication_rate: rate } }: { report: AgreementReport }) {
  if (!rate) return <Figure label="Adjudication rate" value="–" note="Nothing is adjudicated in this design." />;
  const { estimate, interval, sentence } = show(rate, "percent");
  const note = [interval && `95 % interval ${interval}`, `of ${rate.n} cases`, sentence].filter(Boolean).join("; ");
  return <Figure label="Adjudication rate" value={estimate ?? "–"} note={note} />;
}
