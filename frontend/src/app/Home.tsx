import { Navigate } from "react-router";
import { homePath, useSession, useStudies } from "@/api/session";
import { Loading } from "@/ui/Loading";
import { PageError } from "@/ui/PageError";

export function Home() {
  const session = useSession();
  const studies = useStudies();
  if (studies.isError) return <PageError error={studies.error} onRetry={() => studies.refetch()} />;
  if (studies.isPending) return <Loading label="Opening your studies" />;
  const roles = studies.data.map((study) => study.role);
  return <Navigate to={homePath(roles, session.data?.user?.can_open_studies ?? false)} replace />;
}
