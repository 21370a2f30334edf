import { Stack, Tabs } from "@mantine/core";
import { useCallback, useState } from "react";
import { useSearchParams } from "react-router";
import type { AgreementReport } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import { Adjudicators } from "./Adjudicators";
import { type Ask, isYesOrNo } from "./behind";
import { BehindDrawer } from "./BehindDrawer";
import { Head } from "./Head";
import { Methods } from "./Methods";
import { Overview } from "./Overview";
import { Patients } from "./Patients";
import { Readers } from "./Readers";
import { Sites } from "./Sites";
import { TABS, type Tab, tabOf } from "./tabs";
import { Totals } from "./Totals";

export interface PartProps {
  report: AgreementReport;
  /** The readings behind a number are wanted. */
  onOpen: (ask: Ask) => void;
}

const PARTS: Record<Tab, (props: PartProps) => React.ReactNode> = { overview: Overview, sites: Sites, totals: Totals, readers: Readers, adjudicators: Adjudicators, patients: Patients, methods: Methods };

export function Report({ study, report }: { study: StudyCode; report: AgreementReport }) {
  const [search, setSearch] = useSearchParams();
  const [asked, setAsked] = useState<Ask | null>(null);
  const close = useCallback(() => setAsked(null), []);
  const tab = tabOf(search.get("tab"));
  const Part = PARTS[tab];
  return (
    <>
      <Head report={report} />
      <Tabs value={tab} onChange={(name) => setSearch(name === "overview" || name === null ? {} : { tab: name }, { replace: true })} keepMounted={false}>
        <Tabs.List mb={24} aria-label="Parts of the report">
          {(Object.keys(TABS) as Tab[]).map((name) => <Tabs.Tab key={name} value={name}>{TABS[name]}</Tabs.Tab>)}
        </Tabs.List>
        {(Object.keys(TABS) as Tab[]).map((name) => (
          <Tabs.Panel key={name} value={name}>{name === tab && <Stack gap={24}><Part report={report} onOpen={setAsked} /></Stack>}</Tabs.Panel>
        ))}
      </Tabs>
      {asked && <BehindDrawer study={study} inputs={report.input_sha256} ask={asked} isYesOrNo={isYesOrNo(report, asked.what)} onClose={close} />}
    </>
  );
}
