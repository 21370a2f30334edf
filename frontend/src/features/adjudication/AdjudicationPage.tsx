/** Placeholder until the room is built. */
export default function AdjudicationPage() {
  return null;
}
