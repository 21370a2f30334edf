import classes from "./Viewer.module.css";

/** What went wrong, and the way on. Over a pane, or over all of it where there is nothing to show. */
export function Failed({ message, onRetry }: { message: string; onRetry: () => void }) {
  return (
    <div className={classes.failed} role="alert">
      <div>{message}</div>
      <button type="button" className={classes.retry} onClick={onRetry}>Try again</button>
    </div>
  );
}
