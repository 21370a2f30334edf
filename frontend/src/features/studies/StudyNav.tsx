import { Badge, Text } from "@mantine/core";
import type { ComponentType } from "react";
import { NavLink } from "react-router";
import { useWaitingRequests } from "@/api/requests";
import { type Act, mayDo } from "@/api/studies";
import type { StudyDetail } from "@/api/types";
import { IconChain, IconCharter, IconCheck, IconDownload, IconFlag, IconGrid, IconHistory, IconImport, IconLayers, IconPeople, IconScales, IconShuffle, IconTable } from "@/ui/icons";
import classes from "./StudyLayout.module.css";

interface Tab {
  path: string;
  label: string;
  act: Act;
  Icon: ComponentType<{ size?: number }>;
  /** A practice set has references, and nothing that is only of a study; a study the other way round. Both: unset. */
  isFor?: "practice" | "study";
  /** Pages below it belong to it, too. */
  isDeep?: boolean;
}

/** In the order in which a study is made. */
const TABS: Tab[] = [
  { path: "", label: "Overview", act: "watch", Icon: IconGrid },
  { path: "import", label: "Import", act: "import", Icon: IconImport },
  { path: "cases", label: "Cases", act: "see cases", Icon: IconLayers },
  { path: "participants", label: "Participants", act: "see facts", Icon: IconTable, isFor: "study" },
  { path: "people", label: "People", act: "manage the team", Icon: IconPeople },
  { path: "charter", label: "Charter", act: "see cases", Icon: IconCharter, isFor: "study" },
  { path: "references", label: "References", act: "set the rules", Icon: IconCheck, isFor: "practice" },
  { path: "assign", label: "Assign", act: "allot", Icon: IconShuffle, isFor: "study" },
  { path: "requests", label: "Requests", act: "see requests", Icon: IconFlag, isFor: "study" },
  { path: "agreement", label: "Agreement", act: "see agreement", Icon: IconScales, isFor: "study" },
  { path: "export", label: "Export", act: "export", Icon: IconDownload, isFor: "study" },
  { path: "explain", label: "Explain", act: "export", Icon: IconHistory, isFor: "study", isDeep: true },
  { path: "audit", label: "Audit trail", act: "see the audit trail", Icon: IconChain },
];

export function StudyNav({ study }: { study: StudyDetail }) {
  const nWaiting = useWaitingRequests(study.code, mayDo(study.role, "see requests"));
  return (
    <nav className={classes.nav} aria-label="Study">
      <div className={classes.about}>
        <Text fw={600} lineClamp={3}>{study.title}</Text>
        <Text size="sm" c="dimmed" tt="capitalize">{study.role}</Text>
      </div>
      {TABS.filter((tab) => mayDo(study.role, tab.act) && tab.isFor !== (study.is_practice ? "study" : "practice")).map(({ path, label, Icon, isDeep = false }) => (
        <NavLink key={path} to={path ? `/studies/${study.code}/${path}` : `/studies/${study.code}`} end={!isDeep} className={classes.tab}>
          <Icon size={18} />
          {label}
          {path === "requests" && nWaiting > 0 && <Badge size="sm" ml="auto" aria-label={`${nWaiting} waiting`}>{nWaiting}</Badge>}
        </NavLink>
      ))}
      <div className={classes.foot}>
        <Text size="xs" c="dimmed">{study.instrument.title}</Text>
        <Text size="xs" c="dimmed">
          Version {study.instrument.version} ({study.instrument.status}) · charter {study.charter_version}
        </Text>
      </div>
    </nav>
  );
}
