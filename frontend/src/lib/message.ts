/** The sentence to show for whatever was thrown; only the server's own sentences are fit for a person. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.name === "ApiError") return error.message;
  return "Something went wrong in this page. Reload it and try again.";
}
