import { Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useSession } from "@/api/session";
import { countUnsent } from "@/api/unsent";
import { count } from "@/lib/format";
import { Confirm } from "@/ui/Confirm";
import { useSignOut } from "./queries";

interface Leaving {
  leave: () => void;
  isLeaving: boolean;
  /** Asked when signing out would destroy what has not reached the server; to be shown where `leave` is. */
  question: ReactNode;
}

/** Signing out leaves nothing behind for the next person, so it asks first when something is not saved yet. */
export function useLeaving(): Leaving {
  const username = useSession().data?.user?.username;
  const signOut = useSignOut();
  const [nUnsent, setUnsent] = useState(0);
  const leave = async () => {
    const found = username ? await countUnsent(username) : 0;
    setUnsent(found);
    if (found === 0) signOut.mutate();
  };
  const question = (
    <Confirm
      opened={nUnsent > 0} title="Sign out and lose what is not saved?" action="Sign out" isDangerous isBusy={signOut.isPending} error={signOut.error}
      onConfirm={() => signOut.mutate()} onCancel={() => setUnsent(0)}
    >
      <Text size="sm">
        {count(nUnsent, "change")} in your readings {nUnsent === 1 ? "has" : "have"} not reached the server and {nUnsent === 1 ? "is" : "are"} kept on this
        computer only. Signing out deletes {nUnsent === 1 ? "it" : "them"}. To save, open the reading again first and wait until it says “Saved”.
      </Text>
    </Confirm>
  );
  return { leave: () => void leave(), isLeaving: signOut.isPending, question };
}
