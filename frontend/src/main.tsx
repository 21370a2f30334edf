import "@fontsource-variable/inter";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { sessionQuery } from "./api/session";
import { queryClient } from "./app/queryClient";
import { router } from "./app/router";

// Who is here is asked while the pages still load: every one of them waits for the answer.
void queryClient.prefetchQuery(sessionQuery);

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
