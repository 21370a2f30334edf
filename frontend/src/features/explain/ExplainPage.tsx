import { useNavigate, useParams, useSearchParams } from "react-router";
import { useStudyCode } from "@/api/studies";
import { Page } from "@/ui/Page";
import { CaseChoice } from "./CaseChoice";
import { CaseTablePanel } from "./CaseTablePanel";
import { HistoryDrawer } from "./HistoryDrawer";
import { explainPath } from "./places";

/** Any number of an export opens its history: first the case, then its values, then where one of them comes from. */
export default function ExplainPage() {
  const study = useStudyCode();
  const { case: code, what } = useParams();
  const reading = useSearchParams()[0].get("reading") ?? "";
  const navigate = useNavigate();
  return (
    <Page title="Explain" description="Where a number of the export comes from: who said what and when, under which rules, and which images were looked at. People are R1, R2, ADJ1.">
      {code ? <CaseTablePanel study={study} code={code} /> : <CaseChoice study={study} />}
      {code && what && <HistoryDrawer study={study} code={code} what={what} reading={reading} onClose={() => navigate(explainPath(study, code))} />}
    </Page>
  );
}
