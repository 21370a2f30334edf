import { useRef } from "react";
import { Navigate, Outlet, useLocation } from "react-router";
import { useSession } from "@/api/session";
import { Loading } from "@/ui/Loading";
import { PageError } from "@/ui/PageError";

/** A reading that is under way stays open when the session ends, and asks by itself: what is not saved yet is in it. */
const ASKS_IN_PLACE = /^\/read\//;

/** Lets signed-in people through; the others sign in first and come back to where they were. */
export function Guard() {
  const session = useSession();
  const { pathname } = useLocation();
  const wasIn = useRef(false);
  if (session.isPending) return <Loading label="Opening Dens" />;
  if (session.isError && !session.data) return <PageError error={session.error} onRetry={() => session.refetch()} />;
  const user = session.data?.user;
  wasIn.current ||= Boolean(user);
  if (!user && wasIn.current && ASKS_IN_PLACE.test(pathname)) return <Outlet />;
  if (!user) return <Navigate to="/sign-in" state={{ next: pathname }} replace />;
  if (user.must_change_password && pathname !== "/password") return <Navigate to="/password" state={{ next: pathname }} replace />;
  return <Outlet />;
}
