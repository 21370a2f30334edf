import { Text } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { Confirm } from "@/ui/Confirm";

/** Asks before the room is left while something in it is on this screen only. */
export function LeaveGuard({ isUnsaved }: { isUnsaved: boolean }) {
  const blocker = useBlocker(({ nextLocation }) => isUnsaved && nextLocation.pathname !== "/sign-in");
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnsaved]);
  return (
    <Confirm
      opened={blocker.state === "blocked"} title="Leave without saving?" action="Leave" isDangerous
      onConfirm={() => blocker.proceed?.()} onCancel={() => blocker.reset?.()}
    >
      <Text size="md">An answer here is not saved: it needs both a value and a reason, or the server has not taken it yet.</Text>
    </Confirm>
  );
}
