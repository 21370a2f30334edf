import { Navigate } from "react-router";
import { homePath, useSession, useStudies } from "@/api/session";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";

export function Home() {
  const session = useSession();
  const studies = useStudies();
  if (studies.isError) return <ErrorNotice error={studies.error} onRetry={() => studies.refetch()} />;
  if (studies.isPending) return <Loading label="Opening your studies" />;
  const roles = studies.data.map((study) => study.role);
  return <Navigate to={homePath(roles, session.data?.user?.can_open_studies ?? false)} replace />;
}
