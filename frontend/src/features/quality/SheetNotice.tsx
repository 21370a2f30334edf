import { Button } from "@mantine/core";
import { Loading } from "@/ui/Loading";
import type { Sheet } from "@/viewer/sheet";
import classes from "./CheckRoom.module.css";

/** What stands above the slices while there are none, or where they failed to load. */
export function SheetNotice({ sheet }: { sheet: Sheet }) {
  const { series, failure, isComplete, retry } = sheet;
  if (failure) {
    return (
      <div className={classes.notice} role="alert">
        {failure}
        <Button size="xs" variant="default" onClick={retry}>Load the images again</Button>
      </div>
    );
  }
  if (series.length === 0) return isComplete ? <div className={classes.notice}>This case has no images.</div> : <Loading label="Opening the images" />;
  return null;
}
