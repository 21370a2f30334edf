import { Button, Center } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Grid.module.css";

interface Props {
  label: string;
  children: ReactNode;
  /** Rows that are not drawn yet. */
  hidden?: number;
  onMore?: () => void;
  /** However many columns: the table scrolls in a box of its own, and its head and first column stay in sight. */
  isWide?: boolean;
}

/** A dense table with a sticky head: rows of 36 px, figures that line up. */
export function Grid({ label, children, hidden = 0, onMore, isWide = false }: Props) {
  return (
    <div className={isWide ? classes.wide : classes.scroll} {...(isWide && { role: "region", "aria-label": label, tabIndex: 0 })}>
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
