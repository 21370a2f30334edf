import { Outlet } from "react-router";
import { useStudy } from "@/api/studies";
import { Loading } from "@/ui/Loading";
import { PageError } from "@/ui/PageError";
import { SyntheticBanner } from "@/ui/SyntheticBanner";
import classes from "./StudyLayout.module.css";
import { StudyNav } from "./StudyNav";

/** The frame of one study: what it is at the left, one of its pages at the right. */
export default function StudyLayout() {
  const study = useStudy();
  if (study.isPending) return <Loading label="Opening the study" />;
  if (study.isError) return <PageError error={study.error} onRetry={() => study.refetch()} />;
  return (
    <>
      {study.data.is_synthetic && <SyntheticBanner />}
      <div className={classes.frame} data-synthetic={study.data.is_synthetic || undefined}>
        <StudyNav study={study.data} />
        <div className={classes.page}>
          <Outlet />
        </div>
      </div>
    </>
  );
}
