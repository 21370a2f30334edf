import { Empty } from "@/ui/Empty";
import { Panel } from "@/ui/Panel";
import { AgreementGrid } from "./AgreementGrid";
import { Forest } from "./figures/Forest";
import type { PartProps } from "./Report";
import { axesOf, regionNamer } from "./words";

/** Agreement from grades: of each site, of the sites of a region pooled, and of what is there or not. */
export function Sites({ report, onOpen }: PartProps) {
  const labelOf = regionNamer(report);
  const readers = axesOf(report);
  if (report.items.length === 0) return <Panel><Empty title="No sites">The instrument asks about nothing.</Empty></Panel>;
  return (
    <>
      <Panel flush title="By site" description="A number of pairs opens the table of both readers' grades; a name, the readings.">
        <AgreementGrid label="Agreement by site" head="Site" rows={report.items} readers={readers} besides={["kappa_quadratic", "pabak"]} groupOf={({ region }) => labelOf(region)} onOpen={onOpen} />
      </Panel>
      <Forest items={report.items} labelOf={labelOf} onOpen={(what) => onOpen({ what })} />
      {report.regions.length > 0 && (
        <Panel flush title="By region" description="All sites of a region together. Sites of one neck are not independent: intervals are by resampling participants.">
          <AgreementGrid label="Agreement by region" head="Region" rows={report.regions} readers={readers} hasCells={false} besides={["kappa_quadratic", "pabak"]} remarkOf={({ n_sites }) => `${n_sites} sites`} onOpen={onOpen} />
        </Panel>
      )}
      {report.presence.length > 0 && (
        <Panel flush title="By patient" description="Present or not, in a participant and in each region.">
          <AgreementGrid label="Agreement on what is present" head="Present" rows={report.presence} readers={readers} besides={[]} onOpen={onOpen} />
        </Panel>
      )}
    </>
  );
}
