import { Page } from "@/ui/Page";

export default function ReferencesPage() {
  return <Page title="References">{null}</Page>;
}
