import { useState } from "react";
import type { CaseCheck } from "@/api/types";
import { Checks } from "./Checks";
import { Findings } from "./Findings";
import { Footer } from "./Footer";
import { Queries } from "./Queries";
import { Questions } from "./Questions";
import classes from "./Rail.module.css";
import { useMayDecide } from "./useMayDecide";
import type { Ticked } from "./verdict";

const NONE: Ticked = new Set();

/** What the machine found, what a person answers, what the centre is asked, and the decision. */
export function Rail({ check }: { check: CaseCheck }) {
  const [ticks, setTicks] = useState<{ seen: string; names: Ticked }>({ seen: check.seen, names: NONE });
  const [isAsking, setIsAsking] = useState(false);
  const mayDecide = useMayDecide(check);
  // What was said of other images, or of other roles, is not said of these.
  const ticked = ticks.seen === check.seen ? ticks.names : NONE;
  const tick = (name: string, isTicked: boolean) => {
    const names = new Set(ticked);
    if (isTicked) names.add(name);
    else names.delete(name);
    setTicks({ seen: check.seen, names });
  };
  return (
    <aside className={classes.rail} aria-label="Check of this case">
      <div className={classes.scroll}>
        <Findings check={check} />
        {mayDecide && check.state !== "ready" && check.questions.length > 0 && <Questions questions={check.questions} ticked={ticked} onTick={tick} />}
        <Queries check={check} mayDecide={mayDecide} isAsking={isAsking} onAsked={() => setIsAsking(false)} />
        <Checks checks={check.checks} />
      </div>
      {mayDecide ? <Footer check={check} ticked={ticked} onAsk={() => setIsAsking(true)} /> : <ReadOnly check={check} />}
    </aside>
  );
}

function ReadOnly({ check }: { check: CaseCheck }) {
  return (
    <footer className={classes.footer}>
      {check.state === "allotted" ? "Readers have this case: its images and roles stay as they are." : "You may look at these images; a coordinator decides."}
    </footer>
  );
}
