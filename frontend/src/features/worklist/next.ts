interface Line {
  position: number;
  state: string;
}

/** What to do next: what was begun before what is new, then in the person's own order. */
export function nextOf<L extends Line>(lines: L[]): L | undefined {
  const open = lines.filter((line) => line.state !== "signed").sort((a, b) => a.position - b.position);
  return open.find((line) => line.state === "started") ?? open[0];
}

export function signedOf(lines: Line[]): number {
  return lines.filter((line) => line.state === "signed").length;
}
