import { Button, Group } from "@mantine/core";
import { Link } from "react-router";
import { messageOf } from "@/lib/message";
import { Empty } from "./Empty";
import { IconAlert } from "./icons";

interface Props {
  error: unknown;
  onRetry: () => void;
}

/** A page that could not be shown at all: why, another try, and the way out. */
export function PageError({ error, onRetry }: Props) {
  return (
    <main role="alert">
      <Empty
        order={1} title="This page cannot be shown" icon={<IconAlert size={32} />}
        action={
          <Group gap={8} mt={8}>
            <Button variant="default" component={Link} to="/">Start page</Button>
            <Button onClick={onRetry}>Try again</Button>
          </Group>
        }
      >
        {messageOf(error)}
      </Empty>
    </main>
  );
}
