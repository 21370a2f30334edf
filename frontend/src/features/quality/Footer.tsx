import { Button, Group, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useNavigate } from "react-router";
import { checkPath, useCases } from "@/api/cases";
import { useStudyCode } from "@/api/studies";
import type { CaseCheck } from "@/api/types";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { type Verdict, useDecide } from "./queries";
import classes from "./Rail.module.css";
import { TextForm } from "./TextForm";
import { type Ticked, answersOf, nextToCheck, obstacles, standing } from "./verdict";

interface Props {
  check: CaseCheck;
  ticked: Ticked;
  onAsk: () => void;
}

/** The decision: accept, refuse with a reason, or ask first. It says what still stands in the way. */
export function Footer({ check, ticked, onAsk }: Props) {
  const decide = useDecide(useStudyCode(), check.code);
  const goOn = useGoOn(check);
  const [isRefusing, setIsRefusing] = useState(false);
  const inTheWay = obstacles(check, ticked);
  const send = (decision: Verdict["decision"], reason = "") =>
    decide.mutate({ decision, reason, answers: answersOf(check.questions, ticked), seen: check.seen }, { onSuccess: () => goOn(decision) });
  return (
    <footer className={classes.footer}>
      {decide.isError && !isRefusing && <ErrorNotice error={decide.error} />}
      <p className={classes.hint} data-testid="in-the-way" role="status">
        {standing(check, inTheWay)}
      </p>
      <Group gap={8} wrap="nowrap">
        <Button className={classes.accept} disabled={inTheWay.length > 0 || check.state === "ready"} loading={decide.isPending && !isRefusing} onClick={() => send("accepted")}>Accept</Button>
        <Button variant="default" onClick={onAsk}>Ask the centre</Button>
        <Button variant="default" className={classes.refuse} disabled={check.state === "refused"} onClick={() => setIsRefusing(true)}>Refuse</Button>
      </Group>
      <Modal opened={isRefusing} onClose={() => setIsRefusing(false)} title={`Refuse the images of ${check.subject}?`} closeButtonProps={{ "aria-label": "Close" }}>
        {decide.isError && <ErrorNotice error={decide.error} />}
        <TextForm
          label="Reason" description="No reader will see this case. New images or a corrected role bring it back here." action="Refuse"
          isBusy={decide.isPending} onSend={(reason) => send("refused", reason)} onCancel={() => setIsRefusing(false)}
        />
      </Modal>
    </footer>
  );
}

/** To the next case that waits, or back to the list when none does. */
function useGoOn(check: CaseCheck): (decision: Verdict["decision"]) => void {
  const study = useStudyCode();
  const cases = useCases(study).data ?? [];
  const navigate = useNavigate();
  return (decision) => {
    const { next, left } = nextToCheck(cases, check.code);
    const rest = left > 0 ? `${left} left to check.` : "No other case waits to be checked.";
    notifications.show({ message: `${check.subject} ${decision}. ${rest}` });
    navigate(next ? checkPath(study, next) : `/studies/${study}/cases`);
  };
}
