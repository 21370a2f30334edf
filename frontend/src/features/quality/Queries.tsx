import type { CaseCheck } from "@/api/types";
import { useStudyCode } from "@/api/studies";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { QueryItem } from "./QueryItem";
import { useCentreQueries } from "./queries";
import classes from "./Rail.module.css";
import { TextForm } from "./TextForm";

interface Props {
  check: CaseCheck;
  mayDecide: boolean;
  isAsking: boolean;
  onAsked: () => void;
}

/** What the centre was asked about this case, and what it said. */
export function Queries({ check, mayDecide, isAsking, onAsked }: Props) {
  const { ask, answer, close } = useCentreQueries(useStudyCode(), check.code);
  const error = ask.error ?? answer.error ?? close.error;
  if (check.queries.length === 0 && !isAsking) return null;
  return (
    <section className={classes.part} aria-label="Queries to the centre">
      <h2>Queries to the centre</h2>
      {error && <ErrorNotice error={error} />}
      {check.queries.map((query) => (
        <QueryItem
          key={query.code} query={query} mayDecide={mayDecide} isBusy={answer.isPending || close.isPending}
          onAnswer={(text) => answer.mutateAsync({ query: query.code, answer: text })} onClose={() => close.mutate(query.code)}
        />
      ))}
      {isAsking && (
        <TextForm
          label="Question to the centre" action="Record the question" isBusy={ask.isPending} onCancel={onAsked}
          description="Dens sends nothing: pass the question on, and write the answer down here. Never a name or a hospital number."
          onSend={(question) => ask.mutate(question, { onSuccess: onAsked })}
        />
      )}
    </section>
  );
}
