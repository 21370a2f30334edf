import { saveFile } from "@/lib/saveFile";

const SVG = "http://www.w3.org/2000/svg";

/** The figure as a file of its own: its name and description inside, nothing outside, and no case by its code. */
export function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const hint of copy.querySelectorAll("title")) hint.remove(); // they name cases, which are no part of a paper
  const title = document.createElementNS(SVG, "title");
  title.textContent = svg.getAttribute("aria-label");
  copy.prepend(title);
  copy.removeAttribute("style");
  copy.setAttribute("xmlns", SVG);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}`;
}

/** "Bland-Altman: total" as a file name: "bland-altman-total.svg". */
export function fileName(title: string): string {
  return `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "")}.svg`;
}

export function save(svg: SVGSVGElement): void {
  saveFile(fileName(svg.getAttribute("aria-label") ?? "figure"), standalone(svg), "image/svg+xml");
}
