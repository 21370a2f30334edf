import type { ComponentType } from "react";
import { createBrowserRouter } from "react-router";
import { Guard } from "./Guard";
import { Home } from "./Home";
import { NotFound } from "./NotFound";
import { PageFailed } from "./PageFailed";
import { Providers } from "./Providers";
import { Shell } from "./Shell";

type PageModule = Promise<{ default: ComponentType }>;

const reading = () => import("@/features/reading/ReadingPage");
const adjudication = () => import("@/features/adjudication/AdjudicationPage");

/** Every page is a chunk of its own: a reader never downloads the coordinator's pages, nor the reverse. */
function page(load: () => PageModule, ahead?: () => Promise<unknown>) {
  return async () => {
    const module = await load();
    // The image room is large: it is fetched while the person still looks at the list.
    if (ahead) setTimeout(() => void ahead().catch(() => undefined), 500);
    return { Component: module.default };
  };
}

const studyPages = [
  { index: true, lazy: page(() => import("@/features/progress/OverviewPage")) },
  { path: "import", lazy: page(() => import("@/features/imports/ImportPage")) },
  { path: "cases", lazy: page(() => import("@/features/cases/CasesPage")) },
  { path: "participants", lazy: page(() => import("@/features/participants/ParticipantsPage")) },
  { path: "people", lazy: page(() => import("@/features/people/PeoplePage")) },
  { path: "charter", lazy: page(() => import("@/features/charter/CharterPage")) },
  { path: "references", lazy: page(() => import("@/features/references/ReferencesPage")) },
  { path: "assign", lazy: page(() => import("@/features/allocation/AssignPage")) },
  { path: "requests", lazy: page(() => import("@/features/requests/RequestsPage")) },
  { path: "agreement", lazy: page(() => import("@/features/agreement/AgreementPage")) },
  { path: "explain/:case?/:what?", lazy: page(() => import("@/features/explain/ExplainPage")) },
  { path: "export", lazy: page(() => import("@/features/exports/ExportPage")) },
  { path: "audit", lazy: page(() => import("@/features/audit/AuditPage")) },
];

const lightPages = [
  { path: "worklist", lazy: page(() => import("@/features/worklist/WorklistPage"), reading) },
  { path: "adjudications", lazy: page(() => import("@/features/worklist/AdjudicationsPage"), adjudication) },
  { path: "studies", lazy: page(() => import("@/features/studies/StudiesPage")) },
  { path: "studies/new", lazy: page(() => import("@/features/studies/NewStudyPage")) },
  { path: "studies/:code", lazy: page(() => import("@/features/studies/StudyLayout")), children: studyPages },
];

const guardedPages = [
  { index: true, Component: Home },
  { Component: Shell, children: lightPages },
  { path: "read/:code", lazy: page(reading) },
  { path: "adjudicate/:code", lazy: page(adjudication) },
  { path: "studies/:code/cases/:case/check", lazy: page(() => import("@/features/quality/CheckPage")) },
  { path: "password", lazy: page(() => import("@/features/session/PasswordPage")) },
];

export const router = createBrowserRouter([
  {
    Component: Providers,
    ErrorBoundary: PageFailed,
    HydrateFallback: () => null,
    children: [
      { path: "sign-in", lazy: page(() => import("@/features/session/SignInPage")) },
      { Component: Guard, children: guardedPages },
      { path: "*", Component: NotFound },
    ],
  },
]);
