import { Button, Center } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Grid.module.css";

interface Props {
  label: string;
  children: ReactNode;
  /** Rows that are not drawn yet. */
  hidden?: number;
  onMore?: () => void;
}

/** A dense table with a sticky head: rows of 36 px, figures that line up. */
export function Grid({ label, children, hidden = 0, onMore }: Props) {
  return (
    <div className={classes.scroll}>
      <table className={classes.grid} aria-label={label}>
        {children}
      </table>
      {hidden > 0 && (
        <Center p="sm">
          <Button variant="subtle" size="xs" onClick={onMore}>
            Show more ({hidden.toLocaleString("en-GB")} left)
          </Button>
        </Center>
      )}
    </div>
  );
}
