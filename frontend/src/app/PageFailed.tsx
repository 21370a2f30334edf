import { MantineProvider } from "@mantine/core";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { useRouteError } from "react-router";
import { cssVariables, theme } from "./theme";

/** The last net: a page that broke says so, and can be reloaded. */
export function PageFailed() {
  const error = useRouteError();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme="light">
      <ErrorNotice title="This page stopped working" error={error} onRetry={() => window.location.reload()} />
    </MantineProvider>
  );
}
