/** What an instrument's status means for a group that wants to publish with it. */
const STATUS: Record<string, string> = {
  reconstruction:
    "Reconstruction: rebuilt from the published description, because the authors' original form is not public. " +
    "Sites, grades and the total follow the publication; say in your methods that a reconstruction was used.",
  published: "Published: the form is the one its authors published.",
};

export function explainStatus(status: string): string {
  return STATUS[status] ?? `Status of this instrument: ${status}.`;
}
