import type { Mode } from "@/api/types";
import { IconLock } from "@/ui/icons";
import { BANNERS } from "./modes";
import classes from "./Rail.module.css";

/** How this case is settled, from its first moment to its signature. */
export function ModeBanner({ mode }: { mode: Mode }) {
  const { title, about, isHidden } = BANNERS[mode];
  return (
    <section className={classes.banner} aria-label="How this case is settled" data-testid="mode" data-mode={mode}>
      <strong>{isHidden && <IconLock size={14} />} {title}</strong>
      <p>{about}</p>
    </section>
  );
}
