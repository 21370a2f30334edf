/** What the page says of a table that was entered. Pure. */
export function doneOf(done: { entered: { version: number }; isNew: boolean } | undefined): string | null {
  if (!done) return null;
  const { entered: { version }, isNew } = done;
  return isNew ? `This is version ${version} now. The clinical tables under Agreement follow within seconds.` : `Version ${version} says the same already; nothing has changed.`;
}
