import { Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

export type Mark = "not started" | "in progress" | "done" | "blocked" | "waiting" | "not needed" | "refused";

const SHAPES: Record<Mark, { colour: string; shape: ReactNode }> = {
  "not started": { colour: "#8A94A0", shape: <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" /> },
  "in progress": {
    colour: "#D9822B",
    shape: (
      <>
        <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M10 3.5a6.5 6.5 0 0 1 0 13Z" fill="currentColor" />
      </>
    ),
  },
  done: {
    colour: "#2E7D4F",
    shape: (
      <>
        <circle cx="10" cy="10" r="7.25" fill="currentColor" />
        <path d="m6.8 10.2 2.2 2.2 4.2-4.5" fill="none" stroke="#fff" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
      </>
    ),
  },
  blocked: { colour: "#B3261E", shape: <path d="m10 2.5 7.5 7.5-7.5 7.5L2.5 10Z" fill="currentColor" /> },
  refused: {
    colour: "#B3261E",
    shape: (
      <>
        <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="m7.5 7.5 5 5m0-5-5 5" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </>
    ),
  },
  waiting: {
    colour: "#2F5DA8",
    shape: (
      <>
        <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M10 6.2V10l2.6 1.6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </>
    ),
  },
  "not needed": { colour: "#8A94A0", shape: <path d="M6.5 10h7" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" /> },
};

/** A state as shape and colour together, with its words on hover and for screen readers. */
export function StateMark({ mark, label }: { mark: Mark; label: string }) {
  const { colour, shape } = SHAPES[mark];
  return (
    <Tooltip label={label}>
      <svg width="20" height="20" viewBox="0 0 20 20" role="img" aria-label={label} style={{ color: colour, display: "block" }}>
        {shape}
      </svg>
    </Tooltip>
  );
}
