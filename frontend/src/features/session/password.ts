export const SHORTEST_PASSWORD = 12;

/** What is wrong with a new password before the server is asked; null when nothing is. */
export function problemOf(passwords: { old: string; fresh: string; again: string }): string | null {
  if (passwords.fresh.length < SHORTEST_PASSWORD) return `Use at least ${SHORTEST_PASSWORD} characters.`;
  if (passwords.fresh === passwords.old) return "Choose a password that differs from the present one.";
  if (passwords.fresh !== passwords.again) return "The two new passwords differ.";
  return null;
}
