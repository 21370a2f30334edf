/** Placeholder until the room is built. */
export default function ReadingPage() {
  return null;
}
