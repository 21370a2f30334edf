import { Page } from "@/ui/Page";

export default function CharterPage() {
  return <Page title="Charter">{null}</Page>;
}
