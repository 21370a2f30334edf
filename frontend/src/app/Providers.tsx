import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { Outlet, useLocation } from "react-router";
import { queryClient } from "./queryClient";
import { cssVariables, theme } from "./theme";

/** Rooms with images are dark, so that nothing near the pixels is brighter than they are. */
function isDark(path: string): boolean {
  return path.startsWith("/read/") || path.startsWith("/adjudicate/") || path.endsWith("/check");
}

export function Providers() {
  const { pathname } = useLocation();
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={isDark(pathname) ? "dark" : "light"}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <Outlet />
      </QueryClientProvider>
    </MantineProvider>
  );
}
