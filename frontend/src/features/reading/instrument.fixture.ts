/** The form of a cervical instrument, for tests only. */
import type { Instrument, InstrumentRegion } from "@/api/types";
import type { ItemCode } from "@/lib/brand";

const BODIES = ["C2", "C3", "C4", "C5", "C6", "C7"];
const LEVELS = ["C2/3", "C3/4", "C4/5", "C5/6", "C6/7", "C7/T1"];
const codeOf = (site: string) => (site.includes("/") ? site.replace("/", site.includes("T") ? "" : "C") : site);

function region(code: string, label: string, noun: string, sites: string[], scored = true): InstrumentRegion {
  const labels = scored
    ? ["none", "1-33 % of the site", "34-66 % of the site", "67-100 % of the site"]
    : ["absent", "present"];
  const items = sites.map((site) => ({
    code: `${code}_${codeOf(site)}` as ItemCode, site, label: `${noun} ${site}`, kind: scored ? ("grade" as const) : ("flag" as const), place: `${code}:${codeOf(site)}`,
  }));
  return { code, label, scored, guidance: `How to grade: ${label}.`, reference: "", max: scored ? 3 * sites.length : null, grades: labels.map((one, value) => ({ value, label: one, definition: "" })), items };
}

const regions = [
  region("AA", "Atlantoaxial", "BME at the atlantoaxial region", ["C1/2"]),
  region("VB", "Vertebral bodies", "BME at vertebral body", BODIES),
  region("FJ", "Facet joints", "BME at facet joint", LEVELS),
  region("SP", "Spinous processes", "BME at spinous process", BODIES),
  region("DG", "Degenerative changes", "Degenerative change at", LEVELS, false),
];

export const instrument: Instrument = {
  reference: "cspine@1.0.0", key: "cspine", version: "1.0.0", title: "Cervical spine BME score", status: "reconstruction", citations: [],
  reference_marrow: "The centre of a normal vertebral body.",
  not_assessable_reasons: [
    { code: "artefact", label: "Artefact" }, { code: "not_covered", label: "Not covered by the images" }, { code: "image_quality", label: "Image quality too low" },
    { code: "anatomy", label: "Surgery or variant anatomy" }, { code: "other", label: "Other reason" },
  ],
  sums: [
    { name: "total", label: "Total", of: ["AA", "VB", "FJ", "SP"], max: 57 },
    { name: "bodies", label: "Bodies", of: ["VB"], max: 18 },
  ],
  max_not_assessable_sites: 3, regions,
};
