import { Alert, Button, Stack, Text } from "@mantine/core";
import { messageOf } from "@/lib/message";
import { IconAlert } from "./icons";

interface Props {
  /** Whatever was thrown; its message is what the server wrote for the person. */
  error: unknown;
  title?: string;
  onRetry?: () => void;
}

/** Says what went wrong, in the server's own words, and offers the way on. */
export function ErrorNotice({ error, title, onRetry }: Props) {
  return (
    <Alert role="alert" color="red" variant="light" icon={<IconAlert />} title={title} m={onRetry ? "md" : 0}>
      <Stack gap="xs" align="flex-start">
        <Text size="md">{messageOf(error)}</Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
