import { count } from "@/lib/format";
import classes from "./Rail.module.css";
import type { Saving } from "./useSaving";

/** Why nothing is being saved, and what the reader can do; the values stay where they are. */
export function HaltNotice({ saving }: { saving: Saving }) {
  const { halt, nUnsaved, isWrongPerson, tryAgain } = saving;
  if (!halt) return null;
  if (halt.code === "signed") return <TooLate message={halt.message} nUnsaved={nUnsaved} />;
  const isSignedOut = halt.code === "not_signed_in";
  return (
    <div className={classes.halt} role="alert">
      <p>{isWrongPerson ? "Someone else is signed in now. Sign in as yourself, then press Try again." : sentence(isSignedOut, halt.message)}</p>
      <p>{count(nUnsaved, "answer")} not saved yet; kept in this tab.</p>
      <div>
        {isSignedOut && <a href="/sign-in" target="_blank" rel="noopener noreferrer">Sign in in another tab</a>}
        <button type="button" onClick={() => void tryAgain()}>Try again</button>
      </div>
    </div>
  );
}

/** Signed elsewhere in the meantime: what came after the signature is not part of it. */
function TooLate({ message, nUnsaved }: { message: string; nUnsaved: number }) {
  return (
    <div className={classes.halt} role="alert">
      <p>{message} {count(nUnsaved, "answer")} came after the signature and {nUnsaved === 1 ? "was" : "were"} not saved.</p>
    </div>
  );
}

function sentence(isSignedOut: boolean, message: string): string {
  return isSignedOut ? "You have been signed out; sign in again in another tab, then press Try again." : message;
}
