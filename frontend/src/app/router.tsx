import type { ComponentType } from "react";
import { createBrowserRouter } from "react-router";
import { Guard } from "./Guard";
import { Home } from "./Home";
import { NotFound } from "./NotFound";
import { PageFailed } from "./PageFailed";
import { Providers } from "./Providers";

/** Every page is a chunk of its own: a reader never downloads the coordinator's pages, nor the reverse. */
function page(load: () => Promise<{ default: ComponentType }>) {
  return async () => ({ Component: (await load()).default });
}

export const router = createBrowserRouter([
  {
    Component: Providers,
    ErrorBoundary: PageFailed,
    HydrateFallback: () => null,
    children: [
      {
        Component: Guard,
        children: [
          { index: true, Component: Home },
          { path: "read/:code", lazy: page(() => import("@/features/reading/ReadingPage")) },
          { path: "adjudicate/:code", lazy: page(() => import("@/features/adjudication/AdjudicationPage")) },
        ],
      },
      { path: "*", Component: NotFound },
    ],
  },
]);
