/** The parts of the page; which one is open stands in the URL. */
export const TABS = {
  overview: "Overview",
  sites: "By site",
  totals: "Totals",
  readers: "Readers",
  adjudicators: "Adjudicators",
  patients: "Patients",
  methods: "Methods",
} as const;

export type Tab = keyof typeof TABS;

export const tabOf = (name: string | null): Tab => (name !== null && Object.hasOwn(TABS, name) ? (name as Tab) : "overview");
