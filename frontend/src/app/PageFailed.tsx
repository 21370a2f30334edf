import { MantineProvider } from "@mantine/core";
import { useRouteError } from "react-router";
import { PageError } from "@/ui/PageError";
import { cssVariables, theme } from "./theme";

/** The last net: a page that broke says so, and can be reloaded. */
export function PageFailed() {
  const error = useRouteError();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
      <PageError error={error} onRetry={() => window.location.reload()} />
    </MantineProvider>
  );
}
